/** `rules.yaml`: how long a period waits and stays news, when silence is an alert, how severe each alert is, what data is worth. */
import { z } from 'zod';
import { Duration, Severity } from './event.ts';
import { QualityFile } from './quality/parameters.ts';

const Both = z.strictObject({ hour: Duration.default('PT0M'), day: Duration.default('PT0M') }).prefault({});
/** When projected alerts are raised and return. Domain 8.3 suggests 2 µg/m³ and 3 %, 15 min and 1 h; unset: at once. */
const Projected = z.strictObject({
  deadband: z.strictObject({ micrograms: z.number().nonnegative().max(100).default(0), percent: z.number().nonnegative().max(50).default(0) }).prefault({}),
  onDelay: Both, offDelay: Both,
}).prefault({});

export const RulesFile = z.strictObject({
  settle: Duration.default('PT10M'),
  news: z.strictObject({ hour: Duration.default('PT2H'), day: Duration.default('PT12H') }).prefault({}),
  projected: Projected,
  silence: z.strictObject({ intervals: z.int().min(1).default(3), atLeast: Duration.default('PT15M') }).prefault({}),
  severity: z.strictObject({
    'hour-exceeded': Severity.default('critical'), 'day-exceeded': Severity.default('critical'),
    'hour-projected': Severity.default('warning'), 'day-projected': Severity.default('warning'),
    'hour-locked': Severity.default('critical'), 'day-locked': Severity.default('critical'), silent: Severity.default('notice'),
  }).prefault({}),
  quality: QualityFile.prefault({}),
});
export type RulesFile = z.infer<typeof RulesFile>;
