/**
 * The figures of quality control, as `rules.yaml` states them and as the rules use them. Defaults are design suggestions
 * of the project (no norm states them), but for PM2.5's range, which the summary's definition fixes.
 */
import { z } from 'zod';
import { MICRO, QUANTITIES, type Quantity } from '../reading.ts';
import { durationMs } from '../time.ts';

const Bounds = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, 'the first bound is not below the second');
const bounds = (low: number, high: number) => Bounds.default([low, high]);
const amount = (usual: number) => z.number().min(0).max(100_000).default(usual);
/** At most a day: what an hour is judged beside must be near it. */
const hours = (least: number, usual: number) => z.int().min(least).max(24).default(usual);
/** A share of a whole, as 0.1; to four decimals, so that it is a whole number of ten-thousandths. */
const share = (usual: number) => z.number().min(0).max(1, 'expected a share of 1 at most, as 0.1 for 10 %').multipleOf(0.0001, 'expected four decimals at most').default(usual);

/** `quality` of `rules.yaml`; µg/m³ (CO mg/m³; weather in its own unit). Each key is one rule, named as its reason is. */
export const QualityFile = z.strictObject({
  /** Outside these a value is invalid. */
  range: z.strictObject({
    'PM2.5': bounds(-5, 1000), PM10: bounds(-5, 2000), SO2: bounds(-5, 3000), NO2: bounds(-5, 4000), O3: bounds(-5, 1500), CO: bounds(-0.5, 200),
    'wind-speed': bounds(0, 90), 'wind-direction': bounds(0, 360), temperature: bounds(-60, 60), humidity: bounds(0, 105), pressure: bounds(300, 1100),
  }).prefault({}),
  /** Dust is to be expected: PM10 may reach 10,000, and a small share of PM2.5 in it is no doubt. */
  dust: z.boolean().default(false),
  /** Values by which instruments say that they have none. Within the range they are suspect, outside it invalid. */
  sentinels: z.array(z.number()).default([-9999, -999, -99, 999, 1999, 9999, 99999]),
  /** Particulates from 0 to this are valid and noted. */
  detection: amount(2),
  /** So many equal hours, or minutes, of more than `above`: at 1 to 5 µg/m³ equal whole numbers are real. */
  stuck: z.strictObject({ hours: hours(2, 4), minutes: z.int().min(2).max(60).default(30), above: amount(5) }).prefault({}),
  /** A standard deviation over so many hours of less than this share of their mean, where that is more than `above`. */
  lowVariance: z.strictObject({ hours: hours(3, 6), share: share(0.01), above: amount(5) }).prefault({}),
  /** Further from the median of the hours around it than so many median deviations, and than `least`. */
  spike: z.strictObject({ hours: hours(1, 3), deviations: z.int().min(1).max(100).default(6), least: amount(50) }).prefault({}),
  /** More than `least` from one hour to the next. */
  step: z.strictObject({ least: amount(150) }).prefault({}),
  /** A spike or a step is confirmed where so many neighbours move the same way by this share of it, or in a fireworks window. */
  confirm: z.strictObject({ neighbours: z.int().min(1).max(20).default(2), share: share(0.25) }).prefault({}),
  /** The same hour of so many days running at least `least` above both hours beside it, where neighbours' are not. */
  periodic: z.strictObject({ days: z.int().min(3).max(10).default(4), least: amount(30) }).prefault({}),
  /** PM2.5 above PM10 by more than `least`, and than this share of PM10; a smaller excess is noted. */
  inversion: z.strictObject({ least: amount(5), share: share(0.1) }).prefault({}),
  /** PM2.5 of less than this share of PM10. */
  ratio: z.strictObject({ least: share(0.05) }).prefault({}),
  /** Further from the neighbours' median than so many median deviations, and than `least`. Neighbours: the nearest ones within `within` km. */
  neighbours: z.strictObject({
    within: z.number().positive().max(200).default(15), most: z.int().min(1).max(50).default(8), atLeast: z.int().min(2).max(20).default(3),
    deviations: z.int().min(1).max(100).default(5), least: amount(50),
  }).prefault({}),
  /** The median of so many hours is `factor` times the neighbours', or that part of it; or a value is as before if it is taken a thousandfold or as a thousandth. */
  unitSlip: z.strictObject({ hours: hours(2, 6), factor: z.int().min(10).max(1000).default(100), least: amount(5) }).prefault({}),
  /** A reading that ends this much ahead of event time is told as a clock that is off (and one 5 minutes ahead is refused). */
  clock: z.string().regex(/^PT\d+M$/, 'expected minutes such as PT2M').default('PT2M'),
  /** Hints of tampering, told as notices: so many equal hours at two stations; flags so often just before a limit. */
  hints: z.strictObject({
    twinHours: hours(6, 12), flags: z.int().min(2).max(100).default(3), near: share(0.8), share: share(0.8), days: z.int().min(1).max(60).default(14),
  }).prefault({}),
});
export type QualityFile = z.infer<typeof QualityFile>;

/** A share, in ten-thousandths. */
export const WHOLE = 10_000;
const micro = (value: number): number => Math.round(value * MICRO);
const parts = (value: number): number => Math.round(value * WHOLE);

/** The figures as whole numbers: millionths of the unit, ten-thousandths for shares, milliseconds, hours. */
export type Parameters = ReturnType<typeof parametersOf>;

function rangesOf({ range, dust }: QualityFile): Record<Quantity, readonly [number, number]> {
  const entries = QUANTITIES.map((of) => {
    const [low, high] = range[of];
    return [of, [micro(low), micro(of === 'PM10' && dust ? Math.max(high, 10_000) : high)]] as const;
  });
  return Object.fromEntries(entries) as Record<Quantity, readonly [number, number]>;
}

export function parametersOf(file: QualityFile) {
  const { stuck, lowVariance, spike, step, confirm, periodic, inversion, ratio, neighbours, unitSlip, hints } = file;
  return {
    ranges: rangesOf(file), dust: file.dust, sentinels: new Set(file.sentinels.map(micro)),
    sentinelsFrom: micro(Math.min(...file.sentinels.filter((value) => value >= 0))), detection: micro(file.detection), clock: durationMs(file.clock) ?? 0,
    stuck: { hours: stuck.hours, minutes: stuck.minutes, above: micro(stuck.above) },
    lowVariance: { hours: lowVariance.hours, share: parts(lowVariance.share), above: micro(lowVariance.above) },
    spike: { hours: spike.hours, deviations: spike.deviations, least: micro(spike.least) },
    step: { least: micro(step.least) },
    confirm: { neighbours: confirm.neighbours, share: parts(confirm.share) },
    periodic: { days: periodic.days, least: micro(periodic.least) },
    inversion: { least: micro(inversion.least), share: parts(inversion.share) },
    ratio: { least: parts(ratio.least) },
    neighbours: { within: neighbours.within, most: neighbours.most, atLeast: neighbours.atLeast, deviations: neighbours.deviations, least: micro(neighbours.least) },
    unitSlip: { hours: unitSlip.hours, factor: unitSlip.factor, least: micro(unitSlip.least) },
    hints: { twinHours: hints.twinHours, flags: hints.flags, near: parts(hints.near), share: parts(hints.share), days: hints.days },
  };
}

/** As a deployment that says nothing has them. */
export const USUAL: Parameters = parametersOf(QualityFile.parse({}));
