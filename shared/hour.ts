/**
 * One hour of one station and pollutant: its own hour reading, its sub-hour readings, and which of them make the mean.
 * The station's own hour wins once it has come with a value that is not invalid; until then its minutes; never mixed.
 */
import type { Reading, Validity } from './reading.ts';
import type { Worth } from './quality.ts';
import { type HandLevel, handLevel, lowerLevel } from './quality/hand.ts';
import type { Remark } from './quality/rule.ts';

/** Minutes by what they are worth, and the sum of value × minutes over those that count, in millionths. */
type Sums = { n: number; sum: number; suspect: number; invalid: number; heard: number };
/** Readings of one sub-hour period within the hour, by slot. `state` 0 means not heard; `sums` are kept as slots change. */
export type Slots = {
  minutes: number; values: Int32Array; state: Uint8Array; flags: (string | undefined)[]; sums: Sums;
  /** Why, of slots that somebody judged by hand (`quality/hand.ts`). */
  hands: Map<number, string> | null;
};
type Own = { value: number | null; flag: string; worth: Worth };

export type StationHour = {
  readonly start: number;
  /** Revisions of keys that have more than one, by `minutes/start`. */
  revisions: Map<string, number> | null;
  /** Whether it was told that its two means are far apart. */
  noticed: boolean;
  own: Own | null;
  slots: readonly Slots[];
  /** Minutes kept only as their sums, once the readings themselves were dropped. */
  frozen: { minutes: number; sum: number; suspect: number; invalid: number; level?: HandLevel } | null;
  /** Valid minutes and the sum of value × minutes, in millionths; 60 minutes where the own hour counts. */
  n: number; sum: number;
  /** Whether what counts is suspect by a reading's own worth. */
  suspect: boolean;
  /** What the rules of context say of it once it has ended, and whether any of that makes it suspect. */
  remarks: readonly Remark[] | null; doubted: boolean;
  /** Whether it waits to be looked at by them. */
  waits: boolean;
  /** Whether nothing more of this hour is expected: its own reading came, or every minute of it. */
  whole: boolean;
};

const STATES: readonly Validity[] = ['missing', 'valid', 'suspect', 'invalid', 'missing'];
const CODE: Readonly<Record<Validity, number>> = { valid: 1, suspect: 2, invalid: 3, missing: 4 };
/** Beyond a slot's 32 bits only invalid values can lie (2,147 µg/m³ is no valid PM2.5, but PM10 may be 10,000). */
const WIDE = 2_147_483_647;

/** Most hours have none, and there are many hours. */
const NO_SLOTS: readonly Slots[] = [];

export const newHour = (start: number): StationHour =>
  ({ start, revisions: null, noticed: false, own: null, slots: NO_SLOTS, frozen: null, n: 0, sum: 0, suspect: false, remarks: null, doubted: false, waits: false, whole: false });

/** The last revision of a reading's key, which was heard. */
export const lastRevision = ({ revisions }: StationHour, { start, minutes }: { start: number; minutes: number }): number => revisions?.get(`${minutes}/${start}`) ?? 1;

/** What is known of a reading's key: its value, flag and worth. */
export type Known = { value: number | null; flag: string; validity: Validity };

/** What is known of a reading's key, or undefined where it was never heard. */
export function knownOf(hour: StationHour, reading: Reading): Known | undefined {
  if (reading.minutes === 60) return hour.own === null ? undefined : { value: hour.own.value, flag: hour.own.flag, validity: hour.own.worth.validity };
  const slots = hour.slots.find((s) => s.minutes === reading.minutes);
  if (slots === undefined) return undefined;
  const slot = (reading.start - hour.start) / (reading.minutes * 60_000);
  const state = slots.state[slot] ?? 0;
  if (state === 0) return undefined;
  return { value: state === CODE.missing ? null : valueAt(slots, slot), flag: slots.flags[slot] ?? '', validity: STATES[state] ?? 'missing' };
}

const wide = new WeakMap<Slots, Map<number, number>>();
function valueAt(slots: Slots, slot: number): number {
  const value = slots.values[slot] ?? 0;
  return value === WIDE ? (wide.get(slots)?.get(slot) ?? value) : value;
}

function setValue(slots: Slots, slot: number, value: number): void {
  const fits = Math.abs(value) < WIDE;
  slots.values[slot] = fits ? value : WIDE;
  if (fits) return;
  const rest = wide.get(slots) ?? new Map<number, number>();
  rest.set(slot, value);
  wide.set(slots, rest);
}

function setHand(slots: Slots, slot: number, why: string | null): void {
  if (why !== null && handLevel(why) !== null) (slots.hands ??= new Map<number, string>()).set(slot, why);
  else slots.hands?.delete(slot);
}

function slotsOf(hour: StationHour, minutes: number): Slots {
  const found = hour.slots.find((s) => s.minutes === minutes);
  if (found !== undefined) return found;
  const size = 60 / minutes;
  const fresh: Slots = { minutes, values: new Int32Array(size), state: new Uint8Array(size), flags: [], sums: noSums(), hands: null };
  hour.slots = [...hour.slots, fresh].sort((a, b) => a.minutes - b.minutes);
  return fresh;
}

/** Puts a reading in its place and works the hour out again. */
export function putReading(hour: StationHour, reading: Reading, worth: Worth): void {
  if (reading.minutes === 60) {
    hour.own = { value: reading.value, flag: reading.flag, worth };
  } else {
    const slots = slotsOf(hour, reading.minutes);
    const slot = (reading.start - hour.start) / (reading.minutes * 60_000);
    account(slots, slot, -1);
    setValue(slots, slot, reading.value ?? 0);
    slots.state[slot] = CODE[worth.validity];
    account(slots, slot, 1);
    if (reading.flag !== '' || slots.flags[slot] !== undefined) slots.flags[slot] = reading.flag;
    if (worth.why !== null || slots.hands !== null) setHand(slots, slot, worth.why);
  }
  settleHour(hour);
}

const counts = (validity: Validity): boolean => validity === 'valid' || validity === 'suspect';
/** Whether the station's own mean makes the hour. */
export const ownCounts = ({ own }: StationHour): boolean => own !== null && own.value !== null && counts(own.worth.validity);
/** Whether an hour is in doubt, by its own readings or beside others. */
export const inDoubt = (hour: StationHour): boolean => hour.suspect || hour.doubted;

/** Works out which readings make the hour. */
export function settleHour(hour: StationHour): void {
  const own = hour.own;
  const best = bestSlots(hour);
  hour.whole = own !== null || best.heard === 60;
  if (own !== null && own.value !== null && counts(own.worth.validity)) {
    hour.n = 60;
    hour.sum = own.value * 60;
    hour.suspect = own.worth.validity === 'suspect';
    return;
  }
  hour.n = best.n;
  hour.sum = best.sum;
  hour.suspect = best.suspect > 0;
}

/** Adds a slot to the sums of its period, or takes it out of them: whole numbers, so that what is taken out leaves no trace. */
function account(slots: Slots, slot: number, sign: 1 | -1): void {
  const state = slots.state[slot] ?? 0;
  if (state === 0) return;
  const { sums } = slots;
  const minutes = sign * slots.minutes;
  sums.heard += minutes;
  if (state === CODE.invalid) sums.invalid += minutes;
  if (state > CODE.suspect) return;
  sums.n += minutes;
  sums.sum += valueAt(slots, slot) * minutes;
  if (state === CODE.suspect) sums.suspect += minutes;
}

const noSums = (): Sums => ({ n: 0, sum: 0, suspect: 0, invalid: 0, heard: 0 });
const NO_SUMS: Readonly<Sums> = noSums();

/** Of several sub-hour periods the one with the most valid minutes makes the hour; of equals the shortest. Never mixed. */
export function chosenSlots(hour: StationHour): Slots | null {
  let best: Slots | null = null;
  for (const slots of hour.slots) {
    const [here, rival] = [slots.sums, best?.sums ?? NO_SUMS];
    if (here.n > rival.n || (rival.n === 0 && here.heard > rival.heard)) best = slots;
  }
  return best;
}

/** What the sub-hour readings that make an hour come to. */
export function bestSlots(hour: StationHour): Readonly<Sums> {
  const best = chosenSlots(hour)?.sums ?? NO_SUMS;
  const frozen = hour.frozen;
  if (frozen !== null && frozen.minutes > best.n) {
    return { n: frozen.minutes, sum: frozen.sum, suspect: frozen.suspect, invalid: frozen.invalid, heard: 60 };
  }
  return best;
}

/** Whether an hour has, with a reading of so many minutes, sub-hour readings of several periods. */
export const isMixed = (hour: StationHour, minutes: number): boolean =>
  hour.slots.length > 1 || (hour.slots[0] !== undefined && hour.slots[0].minutes !== minutes);

/** A sub-hour value that counts, in millionths; not a number where none does. */
export const countedAt = (slots: Slots, slot: number): number => {
  const state = slots.state[slot];
  return state === CODE.valid || state === CODE.suspect ? valueAt(slots, slot) : NaN;
};

/** Whether a reading of the hour was refused that carries one of these flags: its own, or where it has none, one of its minutes. */
export function isRefused({ own, slots }: StationHour, flags: ReadonlySet<string>): boolean {
  if (own !== null) return own.worth.validity === 'invalid' && flags.has(own.flag);
  return slots.some((one) => one.flags.some((flag, slot) => flag !== undefined && flags.has(flag) && one.state[slot] === CODE.invalid));
}

/** The sub-hour readings that make an hour, one by one: `from` in minutes of the hour, `value` in millionths. */
export function eachPart(hour: StationHour, see: (part: { from: number; minutes: number; value: number }) => void): void {
  const slots = chosenSlots(hour);
  if (slots === null) return;
  for (let slot = 0; slot < slots.state.length; slot += 1) {
    const value = countedAt(slots, slot);
    if (!Number.isNaN(value)) see({ from: slot * slots.minutes, minutes: slots.minutes, value });
  }
}

/** What is kept of an hour's minutes once they go: their sums; where they stood still, all of them stay suspect. */
export function sumsToKeep(hour: StationHour): NonNullable<StationHour['frozen']> {
  const { n: minutes, sum, suspect, invalid } = bestSlots(hour);
  const level = minutesLevel(hour);
  const still = level === null && (hour.remarks?.some(({ code }) => code === 'stuck-minutes') ?? false);
  return { minutes, sum, suspect: still ? minutes : suspect, invalid, ...(level === null ? {} : { level }) };
}

/** Drops an hour's single minutes and keeps their sums; the mean and its worth stay what they were. */
export function freezeHour(hour: StationHour): void {
  hour.frozen = sumsToKeep(hour);
  hour.slots = NO_SLOTS;
  if (!ownCounts(hour)) hour.suspect = hour.frozen.suspect > 0;
}

/** Validity of an hour as one word: its mean counts, counts as suspect, was refused, or is not there. */
export function hourValidity(hour: StationHour, need: number): Validity {
  if (hour.n >= need) return inDoubt(hour) ? 'suspect' : 'valid';
  const ownInvalid = hour.own !== null && hour.own.worth.validity === 'invalid';
  return ownInvalid || bestSlots(hour).invalid > 0 ? 'invalid' : 'missing';
}

/** The level of the sub-hour readings that make an hour: that of the least reviewed one; null where the rules judged any of them. */
function minutesLevel(hour: StationHour): HandLevel | null {
  const best = chosenSlots(hour);
  if (hour.frozen !== null && hour.frozen.minutes > (best?.sums.n ?? 0)) return hour.frozen.level ?? null;
  if (best === null || best.hands === null) return null;
  let level: HandLevel | null = 'verified';
  for (const [slot, state] of best.state.entries()) {
    const matters = best.sums.n > 0 ? state === CODE.valid || state === CODE.suspect : state === CODE.invalid;
    if (matters) level = lowerLevel(level, handLevel(best.hands.get(slot) ?? null));
  }
  return level;
}

/** The level of the verdict by hand that an hour has, of all that makes it; null where the rules judged it, or a part of it. */
export const levelByHand = (hour: StationHour): HandLevel | null =>
  (hour.own !== null && (ownCounts(hour) || hour.n === 0) ? handLevel(hour.own.worth.why) : minutesLevel(hour));

/** Whether hours beside it put an hour in doubt; a verdict by hand knew of them. */
export const isDoubted = (hour: StationHour): boolean => (hour.remarks?.some((remark) => remark.suspect) ?? false) && levelByHand(hour) === null;

/** The worth of a slot's reading, for whoever shows single minutes. */
export const stateName = (code: number): Validity => STATES[code] ?? 'missing';
