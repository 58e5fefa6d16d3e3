import { describe, expect, it } from 'vitest';
import { outline, printed } from '../../server/config.ts';
import { classifier, eventInfo } from '../../server/main/info.ts';
import { changed, configOf, problemsOf } from './folder.ts';

/** The fair of 2022, judged by what a line says. */
const by = (standard: string) => changed('event.yaml', 'standard: cn-2012', `standard: ${standard}`);
const notices = async (standard: string, more = ''): Promise<string[]> =>
  (await configOf(by(`${standard}${more}`))).notices.filter(({ field }) => field === 'standard').map(printed);
const micrograms = (value: number) => ({ num: BigInt(value) * 1_000_000n, den: 1n });

describe('the standards that an event names', () => {
  it.each([
    ['one that is not there, in a list', '[{ id: cn-2012, to: 2022-02-01 }, { id: cn-2062, from: 2022-02-02 }]', 'event.yaml:4 standard[1].id: no standard "cn-2062"; did you mean "cn-2012"?'],
    ['one that is not there, far from any', 'eu-2030', 'event.yaml:4 standard: no standard "eu-2030"; there are cn-2012, cn-2026, us-2024, who-2021'],
    ['one that is not in force on its days', '[{ id: cn-2026 }]', 'event.yaml:4 standard: no standard is in force on 2022-01-20 and 21 more days to 2022-02-10: cn-2026 is in force since 2026-03-01'],
    ['a list that ends too early by its own dates', '[{ id: cn-2012, to: 2022-02-08 }]', 'event.yaml:4 standard: no standard is in force on 2022-02-09'],
  ])('%s', async (_what, standard, told) => { expect(await problemsOf(by(standard))).toEqual([told]); });

  it('every one that ships is free of problems', async () => {
    for (const id of ['cn-2012', 'cn-2026', 'us-2024', 'who-2021']) expect(await problemsOf(by(id)), id).toEqual([]);
  });

  it('one that judges days outside its own time is worth a look, as is one without an index', async () => {
    expect(await notices('cn-2012')).toEqual([]);
    expect(await notices('cn-2026')).toEqual(['event.yaml standard: 2022-01-20 – 2022-02-10 is judged by cn-2026, which is in force from 2026-03-01']);
    expect(await notices('who-2021')).toEqual(['event.yaml standard: who-2021 has no index: on 2022-01-20 – 2022-02-10 the air has no class']);
    expect(await notices('who-2021', '\naqi: true')).toEqual(['event.yaml standard: who-2021 has no index: on 2022-01-20 – 2022-02-10 the air has no class and no AQI']);
  });

  it('of which two are in force on the same days is worth a look: the first in the list judges', async () => {
    expect(await notices('[{ id: cn-2012 }, { id: us-2024, from: 2022-02-01, to: 2022-02-28 }]')).toEqual([
      'event.yaml standard: between 2022-02-01 and 2022-02-10 more than one of cn-2012, us-2024 is in force: the first in the list judges']);
    expect((await notices('[{ id: cn-2012, to: 2022-01-31 }, { id: us-2024, from: 2022-02-01, to: 2022-02-28 }]')).filter((line) => line.includes('more than one'))).toEqual([]);
  });

  it('are shown with their days where there are several', async () => {
    const shown = async (standard: string) => outline(await configOf(by(standard)))[1];
    expect(await shown('cn-2012')).toMatch(/judged by cn-2012$/);
    expect(await shown('[{ id: cn-2012, to: 2022-01-31 }, { id: who-2021, from: 2022-02-01 }]')).toMatch(/judged by cn-2012 2022-01-20 – 2022-01-31, who-2021 2022-02-01 – 2022-02-10$/);
  });
});

describe('the classes on the wall', () => {
  const both = '[{ id: cn-2012, to: 2022-01-31 }, { id: cn-2026, from: 2022-02-01 }]';

  it('change at the midnight at which another standard begins', async () => {
    const config = await configOf(by(both));
    const classify = classifier(config);
    const at = (text: string) => config.civil.at('2022-01-31', text);
    expect([at('23:00'), at('24:00'), config.civil.at('2021-12-31'), config.civil.at('2022-03-01')].map((start) => classify(micrograms(70), start))).toEqual([2, 3, 2, 3]);
  });

  it('are told to screens with the instant from which each holds', async () => {
    const config = await configOf(by(both));
    const { standards } = eventInfo(config, { air: 'live', build: '' });
    expect(standards.map(({ id, start, classes }) => [id, config.civil.iso(start), classes.map(({ upTo }) => upTo)])).toEqual([
      ['cn-2012', '2022-01-20T00:00:00+08:00', [35, 75, 115, 150, 250, null]], ['cn-2026', '2022-02-01T00:00:00+08:00', [35, 60, 115, 150, 250, null]],
    ]);
  });

  it('are none by a standard without an index: no station is given one', async () => {
    const config = await configOf(by('who-2021'));
    expect([eventInfo(config, { air: 'live', build: '' }).standards.map(({ classes }) => classes), classifier(config)(micrograms(70), config.calendar.start)]).toEqual([[[]], null]);
  });
});
