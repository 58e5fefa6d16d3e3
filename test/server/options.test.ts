import { describe, expect, expectTypeOf, it } from 'vitest';
import { startOptions } from '../../server/main/options.ts';
import { fileThere, folderThere, parseOptions } from '../../server/options.ts';

const spec = {
  usage: 'npm start -- [options]',
  options: {
    data: { kind: 'text', shows: 'DIR', env: 'AIR_DATA', default: './data', help: 'where everything is kept' },
    event: { kind: 'text', shows: 'DIR', env: 'AIR_EVENT', required: true, help: 'the event folder' },
    port: { kind: 'number', shows: 'N', env: 'AIR_PORT', default: 8080, min: 0, max: 65535, help: 'where it listens' },
    air: { kind: 'choice', values: ['live', 'simulated'], default: 'simulated', help: 'which air' },
    replay: { kind: 'list', shows: 'FILE', help: 'recorded readings' },
    now: { kind: 'text', shows: 'INSTANT', help: 'the clock', check: (text: string) => (text.endsWith('Z') ? null : `expected an instant, not "${text}"`) },
    quiet: { kind: 'flag', help: 'says less' },
  },
} as const;

const parse = (args: string[], env: Record<string, string> = {}) => parseOptions(spec, args, env);
const good = (args: string[], env: Record<string, string> = {}) => {
  const parsed = parse(args, env);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.options;
};
const wrong = (args: string[], env: Record<string, string> = {}): string => {
  const parsed = parse(args, env);
  return parsed.ok ? '' : parsed.message;
};

describe('the options of a command', () => {
  it('an option beats the environment, and the environment beats the default', () => {
    expect(good(['--event', 'e']).data).toBe('./data');
    expect(good(['--event', 'e'], { AIR_DATA: '/env' }).data).toBe('/env');
    expect(good(['--event', 'e', '--data', '/given'], { AIR_DATA: '/env' }).data).toBe('/given');
    expect(good(['--event', 'e'], { AIR_PORT: '9' }).port).toBe(9);
  });

  it('a needed option may come from the environment, and its absence is told', () => {
    expect(good([], { AIR_EVENT: 'config/x' }).event).toBe('config/x');
    expect(wrong([])).toContain('--event is needed');
  });

  it('a list takes every file that follows it and every repetition', () => {
    expect(good(['--event', 'e', '--replay', 'a', 'b', '--replay=c', '--quiet']).replay).toEqual(['a', 'b', 'c']);
    expect(good(['--event', 'e']).replay).toEqual([]);
  });

  it.each([
    [['--evnt', 'e'], 'unknown option --evnt'],
    [['-e', 'x'], 'unknown option -e'],
    [['--event', 'e', 'stray'], '"stray" belongs to no option'],
    [['--event'], '--event needs a value'],
    [['--event', '--quiet'], '--event needs a value'],
    [['--event', 'e', '--port', '70000'], '--port expected a number, at least 0, at most 65535, not "70000"'],
    [['--event', 'e', '--port', 'x'], 'not "x"'],
    [['--event', 'e', '--air', 'real'], '--air expected one of live, simulated, not "real"'],
    [['--event', 'e', '--now', 'tomorrow'], '--now expected an instant, not "tomorrow"'],
    [['--event', 'e', '--quiet=yes'], '--quiet takes no value'],
    [['--event', ''], '--event needs a value'],
    [['--event='], '--event needs a value'],
    [['--event', 'e', '--replay', ''], '--replay needs a value'],
    [['--event', 'e', '--event', 'f'], '--event is given twice: e and f'],
    [['--event', 'e', '--constructor', 'f'], 'unknown option --constructor'],
  ])('%j is refused and what is allowed is printed', (args, said) => {
    const message = wrong(args);
    expect(message).toContain(said);
    expect(message).toContain('--replay FILE…');
    expect(message).toContain('or AIR_DATA');
  });

  it('every mistake is told at once, and a variable is called by its own name', () => {
    const message = wrong(['--wat', '--air', 'real'], { AIR_PORT: 'x', AIR_EVENT: 'e' });
    expect(message).toContain('unknown option --wat');
    expect(message).toContain('--air expected');
    expect(message).toContain('AIR_PORT expected a number');
  });

  it.each([['--help'], ['-h'], ['--event', 'e', '--wat', '--help']])('%s asks for what is allowed, and that is no mistake', (...args) => {
    const parsed = parse(args);
    expect(parsed).toMatchObject({ ok: false, code: 0 });
    expect(wrong(args)).toMatch(/^Usage: npm start -- \[options\]\n/);
    expect(wrong(args)).not.toContain('unknown');
  });

  it('each file of a list is looked at, and every one that is not there is told', () => {
    const files = { usage: 'u', options: { replay: { kind: 'list', shows: 'FILE', help: 'h', check: fileThere }, event: { kind: 'text', shows: 'DIR', help: 'h', check: folderThere } } } as const;
    const parsed = parseOptions(files, ['--replay', 'package.json', '/nope/a', 'server', '--event', 'package.json'], {});
    expect(parsed.ok ? '' : parsed.message).toContain('--replay "/nope/a" is not there; expected a file; "server" is a folder; expected a file\n--event "package.json" is no folder but a file\n');
  });

  it('words are taken only by a command that has words', () => {
    const parsed = parseOptions({ usage: 'u', words: 'add NAME', options: {} }, ['add', 'li'], {});
    expect(parsed).toEqual({ ok: true, options: {}, words: ['add', 'li'] });
  });

  it('the type of each value follows from its declaration', () => {
    const options = good(['--event', 'e']);
    expectTypeOf(options.port).toEqualTypeOf<number>();
    expectTypeOf(options.air).toEqualTypeOf<'live' | 'simulated'>();
    expectTypeOf(options.now).toEqualTypeOf<string | undefined>();
    expectTypeOf(options.replay).toEqualTypeOf<string[]>();
  });
});

describe('the options of a start', () => {
  it.each([
    [['--layout', 'uci-beijing'], '--layout uci-beijing goes with --replay only'],
    [['--event', '/nope'], '--event "/nope" is no folder: there is nothing of that name'],
    [['--replay', '/nope.csv'], '--replay "/nope.csv" is not there; expected a file'],
  ])('%j is refused with all that is allowed', (args, said) => {
    const parsed = startOptions(args);
    expect(parsed).toMatchObject({ ok: false, code: 2 });
    expect(parsed.ok ? '' : parsed.message).toContain(said);
    expect(parsed.ok ? '' : parsed.message).toContain('Usage: npm start');
  });

  it('a layout that is not said is the canonical one', () => {
    const parsed = startOptions(['--replay', 'package.json']);
    expect(parsed.ok && parsed.options.layout).toBe('canonical');
  });
});
