/** `rules.yaml`: how long a period waits and stays news, when silence is an alert, how severe each alert is, what data is worth. */
import { z } from 'zod';
import { Duration, Severity } from './event.ts';
import { SigningRole } from './roles.ts';
import { durationMs } from './time.ts';
import { QualityFile } from './quality/parameters.ts';

const ms = (text: string): number => durationMs(text) ?? 0;
/** A duration of at most another, which is what it must fit into. */
const within = (most: string, of: string) => Duration.refine((text) => ms(text) <= ms(most), `longer than ${most}: ${of}`);
const Both = z.strictObject({ hour: within('PT1H', 'the hour would be over').default('PT0M'), day: within('P1D', 'the day would be over').default('PT0M') }).prefault({});
/** When projected alerts are raised and return. Domain 8.3 suggests 2 µg/m³ and 3 %, 15 min and 1 h; unset: at once. */
const Projected = z.strictObject({
  deadband: z.strictObject({ micrograms: z.number().nonnegative().max(100).default(0), percent: z.number().nonnegative().max(50).default(0) }).prefault({}),
  onDelay: Both, offDelay: Both,
}).prefault({});

const bySeverity = <T extends z.ZodType>(of: T) => z.strictObject({ notice: of.optional(), warning: of.optional(), critical: of.optional() }).prefault({});

export const RulesFile = z.strictObject({
  settle: Duration.default('PT10M'),
  news: z.strictObject({ hour: Duration.default('PT2H'), day: Duration.default('PT12H') }).prefault({}),
  projected: Projected,
  silence: z.strictObject({ intervals: z.int().min(1).default(3), atLeast: within('P1D', 'a station that is quiet for so long should be told of').default('PT15M') }).prefault({}),
  severity: z.strictObject({
    'hour-exceeded': Severity.default('critical'), 'day-exceeded': Severity.default('critical'),
    'hour-projected': Severity.default('warning'), 'day-projected': Severity.default('warning'),
    'hour-locked': Severity.default('critical'), 'day-locked': Severity.default('critical'), silent: Severity.default('notice'),
  }).prefault({}),
  /**
   * Who must acknowledge, by severity (each of these roles; without: whoever may), and after how long what is acknowledged and still
   * over asks again (without: never).
   */
  acknowledge: z.strictObject({ roles: bySeverity(z.array(SigningRole).min(1)), again: bySeverity(Duration.refine((text) => ms(text) >= 60_000, 'shorter than a minute')) }).prefault({}),
  /** What disturbs nobody, by design: silences of stations that somebody works on; all alerts of a drill phase. */
  suppress: z.strictObject({ maintenance: z.boolean().default(true), drill: z.boolean().default(false) }).prefault({}),
  quality: QualityFile.prefault({}),
}).superRefine(({ settle, news }, context) => {
  for (const average of ['hour', 'day'] as const) {
    if (ms(settle) >= ms(news[average])) context.addIssue({ code: 'custom', path: ['news', average], message: `${news[average]} is not longer than settle, ${settle}: what closes would be no news any more, and raise nothing` });
  }
});
export type RulesFile = z.infer<typeof RulesFile>;
