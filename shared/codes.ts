/** Every stable code that a face may have to put into words. Whoever adds one here is told by the types where its words are missing. */
import type { Standing } from './air.ts';
import { FLAG_CODES } from './quality/flags.ts';
import { HAND_LEVELS } from './quality/hand.ts';
import { REMARK_CODES } from './quality/rule.ts';

/** Codes of refusals, as RFC 9457 problems carry them. */
export const PROBLEM_CODES = [
  // What HTTP itself finds.
  'bad-json', 'bad-request', 'bad-query', 'no-token', 'bad-credentials', 'needs-code', 'bad-code', 'wrong-role', 'foreign-origin', 'not-found', 'unknown-place', 'replaying', 'no-longer-known', 'not-yet', 'before-records',
  'too-large', 'wrong-type', 'too-many', 'internal', 'not-durable', 'not-ready',
  // What the desk refuses.
  'nothing-to-shelve', 'too-long', 'not-ahead', 'needs-leader', 'not-shelved', 'already-disposed', 'not-diagnosed', 'not-acknowledged', 'already-out', 'not-out', 'offered-already', 'asking-unnamed', 'needs-note', 'no-handover', 'same-person', 'unknown-call',
  'unknown-alert', 'already-acknowledged', 'stale-occurrence', 'stale-version', 'nothing-to-acknowledge', 'key-reused',
  'unknown-ladder', 'unknown-level', 'no-areas', 'unknown-area', 'level-unchanged', 'not-in-force', 'unknown-order', 'wrong-step', 'nothing-to-review', 'already-verified',
  // Of exercises.
  'no-exercise', 'exercise-running', 'unknown-script', 'faulty-script', 'unknown-exercise', 'no-summary',
  // What is refused of accounts and tokens.
  'unknown-person', 'name-taken', 'screen-taken', 'bad-name', 'weak-password', 'wrong-password', 'last-admin', 'by-sign-on', 'own-account', 'account-unchanged', 'unknown-token', 'unknown-source',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

const OF_A_PERIOD = [
  'clear', 'tight', 'projected', 'locked', 'exceeded', 'met', 'impossible', 'unlimited', 'unknown', 'insufficient',
] as const satisfies readonly (Standing | 'insufficient')[];

/** Codes of the reasons for which an alert was raised, changed or closed. */
export const REASON_CODES = [
  ...OF_A_PERIOD.map((verdict) => `hour-${verdict}` as const), ...OF_A_PERIOD.map((verdict) => `day-${verdict}` as const),
  'silent', 'heard-again', 'not-in-force', 'superseded', 'withdrawn', 'returned', 'limit-removed', 'period-over',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Codes of what a reading or an hour is worth: by itself, by its flag, by its minutes, beside others. */
export const QUALITY_CODES = [
  'no-value', 'out-of-range', 'sentinel', 'negative', 'below-detection', ...FLAG_CODES, 'suspect-minutes', 'invalid-minutes', 'few-minutes', ...REMARK_CODES, ...HAND_LEVELS,
] as const;
export type QualityCode = (typeof QUALITY_CODES)[number];

/** Codes of notices about data: what is odd without making it worse. */
export const NOTICE_CODES = ['hour-differs', 'clock-ahead', 'clock-off', 'twin-series', 'flag-before-limit', 'work-on-key-date', 'source-failed', 'path-failed', 'screen-dark'] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];
