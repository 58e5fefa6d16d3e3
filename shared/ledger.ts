/**
 * The averages in memory: every station's hours, every judged city's hours and days, moved by one reading at a time at a
 * cost that does not grow with the network. Nothing queries a database on the way of a reading.
 */
import {
  type CityAir, type CityDay, type CityHour, type HourShade, moveDay, moveHour, newCityDay, newCityHour, shadeOf,
} from './city.ts';
import { changedBefore } from './closing.ts';
import type { Station } from './event.ts';
import { isDoubted, isMixed, type Known, knownOf, newHour, putReading, settleHour, type StationHour } from './hour.ts';
import { Hours } from './hours.ts';
import { markAll, markOne } from './minute-marks.ts';
import { twoHoursDiffer } from './notice.ts';
import { type Measure, type Worth, worthOf } from './quality.ts';
import { handLevel, type HandLevel } from './quality/hand.ts';
import { Review } from './quality/review.ts';
import type { Remark } from './quality/rule.ts';
import { USUAL_QUALITY } from './quality/setting.ts';
import type { KeptReading, Reading } from './reading.ts';
import type { Added, Doubts, LedgerSetup, Series } from './series.ts';
import { addDays, HOUR, MINUTE } from './time.ts';

export type { Added, Doubts, LedgerSetup, Series } from './series.ts';

export class Ledger {
  readonly setup: LedgerSetup;
  /** Since when the server listens: what was not heard before, nobody could hear. */
  readonly since: number;
  readonly airs: CityAir[] = [];
  /** Rises whenever an hour closes or a closed one moves: while it stands, so does every figure of a closed day. */
  settled = 0;
  readonly series = new Map<string, Series>();
  /** The same, by station. */
  readonly byStation = new Map<string, Series[]>();
  private readonly stations = new Map<string, Station>();
  private readonly airOf = new Map<string, CityAir>();
  /** The latest time that anybody told: hours that have ended by then are judged beside others. */
  private latest: number;
  readonly review: Review;
  private doubts: Doubts = { airs: new Set(), stations: new Set() };
  private measure: { source: string; of: Measure } | null = null;

  /** At `now` every hour that must be closed by then counts as closed; earlier readings are history. */
  constructor(setup: LedgerSetup, now: number) {
    this.setup = setup;
    this.since = setup.since ?? now;
    this.latest = now;
    const { quality = USUAL_QUALITY, stations, method: { hourMinutes: need } } = setup;
    this.review = new Review({ quality, stations, need, say: (series, hour, remarks) => { this.remark(series, hour, remarks); } });
    for (const station of setup.stations) this.stations.set(station.id, station);
    for (const place of setup.places ?? setup.cities) for (const pollutant of new Set([...setup.judged, ...(setup.averaged ?? [])])) this.openAir(place, pollutant, now);
  }

  private openAir(city: string, pollutant: string, now: number): void {
    const closedTo = this.setup.civil.hour(now - this.setup.settle);
    const air: CityAir = { city, pollutant, hours: new Map(), days: new Map(), closedTo };
    this.airs.push(air);
    this.airOf.set(`${city}|${pollutant}`, air);
  }

  air(city: string, pollutant: string): CityAir | undefined {
    return this.airOf.get(`${city}|${pollutant}`);
  }

  /** What is known of a station and pollutant. By station first: no key has to be put together for every reading. */
  known(station: string, pollutant: string): Series | undefined {
    const all = this.byStation.get(station);
    if (all !== undefined) for (const series of all) if (series.pollutant === pollutant) return series;
    return undefined;
  }

  /** The same, which begins with the first question. */
  seriesOf(station: string, pollutant: string): Series | undefined {
    const found = this.known(station, pollutant);
    if (found !== undefined) return found;
    const known = this.stations.get(station);
    if (known === undefined) return undefined;
    const airs = known.evaluates ? this.setup.placesOf(station).flatMap((place) => this.air(place, pollutant) ?? []) : [];
    const series: Series = { key: `${station}|${pollutant}`, station: known, pollutant, airs, hours: new Hours(), heard: null, latest: null, watched: null };
    series.watched = this.review.open(series);
    this.series.set(series.key, series);
    this.byStation.set(station, [...(this.byStation.get(station) ?? []), series]);
    return series;
  }

  /** Whether a station is in force on a civil day (both ends inclusive). */
  static inForce(station: Station, day: string): boolean {
    return (station.validFrom === undefined || station.validFrom <= day) && (station.validTo === undefined || day <= station.validTo);
  }

  day(air: CityAir, date: string): CityDay {
    const day = this.peekDay(air, date);
    air.days.set(date, day);
    return day;
  }

  /** A day for who only looks: one that nothing is known of is made for the look, and not kept. */
  peekDay(air: CityAir, date: string): CityDay {
    const found = air.days.get(date);
    if (found !== undefined) return found;
    const { civil, stations, method, placesOf } = this.setup;
    const evaluators = new Set(stations.filter((s) => s.evaluates && Ledger.inForce(s, date) && placesOf(s.id).includes(air.city)).map((s) => s.id));
    return newCityDay({ date, hours: civil.hours(date), end: civil.at(addDays(date, 1)), evaluators }, method.dayHours);
  }

  hour(air: CityAir, start: number): CityHour {
    const found = air.hours.get(start);
    if (found !== undefined) return found;
    const hour = newCityHour(start, this.day(air, this.setup.civil.day(start)), this.setup.method.hourMinutes);
    air.hours.set(start, hour);
    return hour;
  }

  /** What is known of a reading's key, as what became of it: nothing yet. */
  find(reading: Reading): Added {
    const series = this.seriesOf(reading.station, reading.pollutant);
    if (series === undefined) throw new Error(`the station ${reading.station} was not checked`);
    const start = this.setup.civil.hour(reading.start);
    const hour = this.stationHour(series, start);
    const was = knownOf(hour, reading) ?? null;
    const late = series.airs.some((air) => start < air.closedTo);
    return { outcome: 'unchanged', was, kept: null, late, series, hour };
  }

  /** Takes one reading of a known station in; `at` and `source` are kept with it. */
  add(reading: Reading, by: { at: number; source: string }): Added {
    const added = this.find(reading);
    if (added.was !== null && added.was.value === reading.value && added.was.flag === reading.flag) return added;
    return this.put(added, reading, { worth: this.worthOf(reading, by.source), at: by.at, source: by.source });
  }

  /** The worth of a reading by itself, by the flags of its source. */
  worthOf(reading: Reading, source: string): Worth {
    return worthOf(reading, this.measureOf(source));
  }

  /** Makes a reading the next revision of its key, `found` before. */
  put(found: Added, reading: Reading, { worth, at, source }: { worth: Worth; at: number; source: string }): Added {
    const { series, hour, was } = found;
    const revision = this.nextRevision(hour, reading, was !== null);
    this.place(series, { hour, reading, worth, was });
    if (found.late) for (const air of series.airs) if (hour.start < air.closedTo) this.hour(air, hour.start).revision += 1;
    // Member by member: a spread costs ten times as much here, and this is done for every reading.
    const { station, pollutant, minutes, value, flag } = reading;
    found.kept = { station, pollutant, start: reading.start, minutes, value, flag, revision, validity: worth.validity, why: worth.why, arrived: at, source };
    found.outcome = was === null ? 'accepted' : 'revised';
    return found;
  }

  private stationHour(series: Series, start: number): StationHour {
    const known = series.hours.get(start);
    if (known !== undefined) return known;
    const hour = newHour(start);
    series.hours.add(hour);
    return hour;
  }

  private nextRevision(hour: StationHour, reading: Reading, again: boolean): number {
    if (!again) return 1;
    const key = `${reading.minutes}/${reading.start}`;
    const revisions = (hour.revisions ??= new Map<string, number>());
    const next = (revisions.get(key) ?? 1) + 1;
    revisions.set(key, next);
    return next;
  }

  /** Takes back what the store had at a start. */
  load(kept: KeptReading): void {
    const series = this.seriesOf(kept.station, kept.pollutant);
    if (series === undefined) return;
    const start = this.setup.civil.hour(kept.start);
    const hour = this.stationHour(series, start);
    if (kept.revision > 1) (hour.revisions ??= new Map<string, number>()).set(`${kept.minutes}/${kept.start}`, kept.revision);
    // A verdict by hand stands as it was set; what the rules say is worked out anew.
    const worth = handLevel(kept.why) === null ? this.worthOf(kept, kept.source) : { validity: kept.validity, why: kept.why };
    this.place(series, { hour, reading: kept, worth, was: null });
    if (kept.arrived > start + HOUR + this.setup.settle && start + HOUR > (this.setup.opened ?? -Infinity)) changedBefore(this, kept);
    hour.noticed = hour.own !== null && hour.slots.length > 0 && twoHoursDiffer(hour, this.setup.method.hourMinutes);
  }

  /** Takes back an hour of which the store keeps only the sums of its minutes. */
  loadSum(sum: { station: string; pollutant: string; start: number; sum: number; minutes: number; suspect: number; invalid: number; level?: HandLevel }): void {
    const series = this.seriesOf(sum.station, sum.pollutant);
    if (series === undefined) return;
    const hour = this.stationHour(series, sum.start);
    const { station: _station, pollutant: _pollutant, start: _start, ...frozen } = sum;
    this.change(series, hour, () => { hour.frozen = frozen; settleHour(hour); });
    if (series.watched !== null) this.review.touch(series.watched, hour);
    if (sum.minutes > 0) series.heard = Math.max(series.heard ?? 0, sum.start + HOUR);
  }

  private place(series: Series, { hour, reading, worth, was }: { hour: StationHour; reading: Reading; worth: Worth; was: Known | null }): void {
    const mixed = reading.minutes < 60 && isMixed(hour, reading.minutes);
    if (mixed) markAll(this, series, { hour, sign: -1 });
    this.change(series, hour, () => {
      putReading(hour, reading, worth);
      if (hour.remarks !== null) hour.doubted = isDoubted(hour);
    });
    if (series.watched !== null) this.review.touch(series.watched, hour);
    if (mixed) markAll(this, series, { hour, sign: 1 });
    else if (reading.minutes < 60) markOne(this, series, { reading, worth, was });
    const end = reading.start + reading.minutes * MINUTE;
    if (reading.value !== null) series.heard = Math.max(series.heard ?? end, end);
    if (series.latest === null || end >= series.latest.end) series.latest = { reading, worth, end };
  }

  private change(series: Series, hour: StationHour, act: () => void): void {
    if (series.airs.length === 0) { act(); return; }
    const need = this.setup.method.hourMinutes;
    const was = shadeOf(hour, need);
    act();
    const is = shadeOf(hour, need);
    for (const air of series.airs) this.carry(air, series.station.id, { start: hour.start, was, is });
  }

  private carry(air: CityAir, station: string, { start, was, is }: { start: number; was: HourShade; is: HourShade }): void {
    const cityHour = this.hour(air, start);
    if (!cityHour.day.evaluators.has(station)) return;
    moveHour(cityHour, was, is);
    if (start >= air.closedTo) return;
    this.settled += 1;
    moveDay(cityHour.day, station, { was, is, need: this.setup.method.hourMinutes });
  }

  /** Judges what was touched beside other hours, once for a batch. What still lacks minutes waits until `all` is looked at: as time goes on, or for whoever looks. */
  judgeContext({ now = this.latest, all = true }: { now?: number; all?: boolean } = {}): Doubts {
    this.latest = Math.max(this.latest, now);
    this.review.settle(this.latest, all);
    const { doubts } = this;
    if (doubts.stations.size > 0) this.doubts = { airs: new Set(), stations: new Set() };
    return doubts;
  }

  private remark(series: Series, hour: StationHour, remarks: readonly Remark[] | null): void {
    hour.remarks = remarks;
    const doubted = isDoubted(hour);
    if (doubted === hour.doubted) return;
    this.change(series, hour, () => { hour.doubted = doubted; });
    this.doubts.stations.add(series.station.id);
    for (const air of series.airs) this.doubts.airs.add(air);
  }

  /** How readings of a source are judged by themselves. They come in rows of one source, mostly. */
  private measureOf(source: string): Measure {
    if (this.measure?.source === source) return this.measure.of;
    const { parameters, flagsOf } = this.setup.quality ?? USUAL_QUALITY;
    this.measure = { source, of: { parameters, flags: flagsOf(source) } };
    return this.measure.of;
  }
}
