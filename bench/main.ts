/** `npm run bench [-- NAME]`: measurements, run by hand; nothing is asserted. */
const BENCHES: Readonly<Record<string, () => Promise<{ measure: () => Promise<void> }>>> = {
  domain: () => import('./domain.ts'),
  path: () => import('./path.ts'),
  store: () => import('./store.ts'),
  ways: () => import('./ways.ts'),
  influx: () => import('./influx.ts'),
  telling: () => import('./telling.ts'),
  restart: () => import('./restart.ts'),
};

export async function main(args: string[]): Promise<number> {
  const names = args.length === 0 ? Object.keys(BENCHES) : args;
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) {
    process.stderr.write(`no bench "${unknown}"; there are: ${Object.keys(BENCHES).join(', ')}\n`);
    return 2;
  }
  for (const name of names) {
    console.log(`\n${name} (${process.version}, ${process.platform} ${process.arch})`);
    await (await BENCHES[name]?.())?.measure();
  }
  return 0;
}
