/**
 * What a rule of context sees and says. A rule is a pure function of hourly means around one hour: whoever adds one writes
 * it in a file here, its figures in `parameters.ts`, its code below and its line in `table.ts`.
 */
import type { StationHour } from '../hour.ts';
import { MICRO } from '../reading.ts';
import type { Few } from './median.ts';
import type { Parameters } from './parameters.ts';

/** Codes of what the rules say of an hour; notes leave it valid. */
export const REMARK_CODES = [
  'stuck', 'stuck-minutes', 'low-variance', 'spike', 'step', 'confirmed', 'inversion', 'slight-inversion', 'ratio', 'dust', 'neighbours', 'unit-slip', 'periodic',
] as const;
export type RemarkCode = (typeof REMARK_CODES)[number];

/** One rule's word about one hour, with the figures it rests on, in the pollutant's unit. */
export type Remark = { readonly code: RemarkCode; readonly suspect: boolean; readonly figures: Readonly<Record<string, number | string>> };

/** One hour with a valid mean and what is around it. Means are whole millionths; not a number where there is none. */
export type View = {
  readonly parameters: Parameters;
  readonly pollutant: string;
  /** The mean of the hour so many hours later (earlier: less than 0) at the same station. */
  at: (offset: number) => number;
  /** The mean of the hour so many hours ago, however long that is: for rules that look back by days. */
  ago: (hours: number) => number;
  /** The hour itself that much later, for its minutes. */
  hour: (offset: number) => StationHour | undefined;
  /** The same hour's mean of the other particulate, PM10 for PM2.5 and the other way round. */
  partner: () => number;
  /** How many neighbours there are, their means of the same hour, and of hours later or earlier. */
  readonly near: number;
  nearNow: (neighbour: number) => number;
  nearAt: (neighbour: number, offset: number) => number;
  /** The key date of a fireworks window that the hour touches, or null. */
  fireworks: () => string | null;
  /** Scratch lists, for no rule keeps anything. */
  readonly few: Few; readonly other: Few;
};

/**
 * `reach`: how many hours before and after an hour can change what the rule says of it. A rule that looks ahead says by `stirs`
 * whether an hour's mean can make it say anything of an hour before: mostly it cannot, and they are not looked at again.
 */
export type Rule = {
  judge: (view: View) => Remark | null;
  reach: (parameters: Parameters) => { before: number; after: number };
  stirs?: (view: View) => boolean;
  /** For how many days the same hour, with those beside it, can change what is said: looked at only where an hour stands out. */
  days?: (parameters: Parameters) => number;
};

/** A figure for reading, to two decimals. */
export const figure = (level: number): number => Math.round(level / (MICRO / 100)) / 100;
export const suspect = (code: RemarkCode, figures: Remark['figures']): Remark => ({ code, suspect: true, figures });
export const note = (code: RemarkCode, figures: Remark['figures']): Remark => ({ code, suspect: false, figures });
