import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import path from 'node:path';
import { project } from '../../server/built.ts';
import { main } from '../../server/commands/check-config.ts';
import { changed, folder } from './folder.ts';

const said = { out: '', err: '' };
beforeEach(() => {
  Object.assign(said, { out: '', err: '' });
  vi.stubEnv('AIR_EVENT', '');
  vi.spyOn(console, 'log').mockImplementation((line: string) => { said.out += `${line}\n`; });
  vi.spyOn(console, 'error').mockImplementation((line: string) => { said.err += `${line}\n`; });
});
afterEach(() => { vi.restoreAllMocks(); vi.unstubAllEnvs(); });

describe('check-config', () => {
  it('prints every problem as file, line and field, and exits 1', async () => {
    const dir = await folder({ ...changed('event.yaml', 'max: 75', 'max: x'), ...changed('rules.yaml', 'PT5M', 'soon') });
    expect(await main(['--event', dir])).toBe(1);
    expect(said.out).toBe('event.yaml:13 limits[0].max: expected a number, not "x"\nrules.yaml:1 settle: expected a duration such as PT10M, PT2H or P1D, not "soon"\n');
    expect(said.err).toContain('2 problems');
  });

  it('shows the period, cities, stations, key dates as they fall and limits day by day, and exits 0', async () => {
    expect(await main(['--event', path.join(project, 'config/beijing-2022')])).toBe(0);
    expect(said.out).toContain('Period: 2022-01-05 – 2022-03-16, 71 days, Asia/Shanghai; judged by cn-2012');
    expect(said.out).toContain('Stations: 101, of which 100 evaluate');
    expect(said.out).toMatch(/beijing +北京市 +host +11 of 12 stations evaluate/);
    expect(said.out).toMatch(/2022-01-31 +2022-01-31 18:00 – 2022-02-01 06:00 +fireworks +new-year-eve/);
    expect(said.out).toMatch(/2022-02-05 – 2022-02-19 +games +day: PM2.5 day ≤ 75 \(assumed\)\n/);
    expect(said.out).toMatch(/2022-01-05 – 2022-01-09 +drill \(drill\) +day: PM2.5 day ≤ 75 \(assumed\)\n/);
    expect(said.err).toBe('');
  });

  it('takes the folder from AIR_EVENT where no option names one', async () => {
    vi.stubEnv('AIR_EVENT', path.join(project, 'config/apec-2014'));
    expect(await main([])).toBe(0);
    expect(said.out).toContain('apec-2014');
  });

  it.each([[['--evnt', 'x']], [[]], [['--event']], [['--event', 'x', 'y']], [['--event', '/nope']], [['--event', 'package.json']], [['--event', '']]])('a wrong option prints what is allowed and exits 2: %j', async (args) => {
    expect(await main(args)).toBe(2);
    expect(said.err).toContain('--event DIR');
    expect(said.out).toBe('');
  });

  it('says what is allowed to whoever asks, and exits 0', async () => {
    expect(await main(['--help'])).toBe(0);
    expect(said.out).toContain('--event DIR');
    expect(said.err).toBe('');
  });
});
