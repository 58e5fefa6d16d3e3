/** `rules.yaml`: how long a period waits and stays news, when silence is an alert, how severe each alert is, what data is worth. */
import { z } from 'zod';
import { Duration, Severity } from './event.ts';
import { QualityFile } from './quality/parameters.ts';

export const RulesFile = z.strictObject({
  settle: Duration.default('PT10M'),
  news: z.strictObject({ hour: Duration.default('PT2H'), day: Duration.default('PT12H') }).prefault({}),
  silence: z.strictObject({ intervals: z.int().min(1).default(3), atLeast: Duration.default('PT15M') }).prefault({}),
  severity: z.strictObject({
    'hour-exceeded': Severity.default('critical'), 'day-exceeded': Severity.default('critical'),
    'hour-projected': Severity.default('warning'), 'day-projected': Severity.default('warning'),
    'hour-locked': Severity.default('critical'), 'day-locked': Severity.default('critical'), silent: Severity.default('notice'),
  }).prefault({}),
  quality: QualityFile.prefault({}),
});
export type RulesFile = z.infer<typeof RulesFile>;
