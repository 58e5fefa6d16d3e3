/** The parts of the domain, made from a deployment's configuration. */
import type { Config } from './config.ts';
import { Sides } from '../shared/beside.ts';
import { CANARY, canaryStation } from '../shared/canary.ts';
import type { Gate } from '../shared/check.ts';
import { POLLUTANTS, SEVERITIES } from '../shared/event.ts';
import type { Air, Mark } from '../shared/fact.ts';
import type { Bench, Rules } from '../shared/judge.ts';
import { Ledger, type LedgerSetup } from '../shared/ledger.ts';
import { qualityOf } from '../shared/quality/setting.ts';
import { stepsOf } from '../shared/duty.ts';
import { onDuty } from '../shared/roster.ts';
import { durationMs, MINUTE } from '../shared/time.ts';

const ms = (duration: string): number => durationMs(duration) ?? 0;

/** Absent where nothing is set, so that nothing is asked for on the path. */
function projectingOf({ deadband, onDelay, offDelay }: Config['rules']['projected']): Pick<Rules, 'projecting'> {
  const [on, off] = [onDelay, offDelay].map(({ hour, day }) => ({ hour: ms(hour), day: ms(day) }));
  const unset = [deadband.micrograms, deadband.percent, on?.hour, on?.day, off?.hour, off?.day].every((each) => each === 0);
  return unset || on === undefined || off === undefined ? {} : { projecting: { deadband, on, off } };
}

/** Absent where nothing is set, so that nothing is asked for on the path. */
function acknowledgingOf({ roles, again }: Config['rules']['acknowledge']): Pick<Rules, 'again' | 'needs'> {
  const after = SEVERITIES.flatMap((severity) => { const text = again[severity]; return text === undefined ? [] : [[severity, ms(text)] as const]; });
  const needs = SEVERITIES.flatMap((severity) => { const of = roles[severity]; return of === undefined ? [] : [[severity, of] as const]; });
  return { ...(after.length > 0 ? { again: Object.fromEntries(after) } : {}), ...(needs.length > 0 ? { needs: Object.fromEntries(needs) } : {}) };
}

/** To whom alerts go up, where anybody has said so. */
function dutyOf({ duty, civil }: Pick<Config, 'duty' | 'civil'>): Pick<Rules, 'duty'> {
  const steps = { critical: stepsOf(duty, 'critical'), warning: stepsOf(duty, 'warning'), notice: stepsOf(duty, 'notice') };
  if (Object.values(steps).every((each) => each.length === 0)) return {};
  return { duty: { steps, onDuty: (seat, at) => onDuty(duty, civil, { seat, at }).map(({ person }) => person) } };
}

export function rulesOf({ rules, duty, civil }: Pick<Config, 'rules' | 'duty' | 'civil'>): Rules {
  return {
    ...dutyOf({ duty, civil }),
    settle: ms(rules.settle), newsHour: ms(rules.news.hour), newsDay: ms(rules.news.day),
    silenceIntervals: rules.silence.intervals, silenceAtLeast: ms(rules.silence.atLeast), severity: rules.severity, suppress: rules.suppress, ...acknowledgingOf(rules.acknowledge), ...projectingOf(rules.projected),
  };
}

/** Whatever is not real air under a real clock is marked on every fact and face. */
const MARKS: Readonly<Record<Air, readonly Mark[]>> = { live: [], simulated: ['simulated'], silent: ['simulated'], replay: ['replay'], exercise: ['exercise'] };

/** How often a station of a live event sends, in minutes, by the first source that lists it. */
function intervals({ sources, stations }: Config): (station: string) => number {
  const of = (id: string): string => sources.find((source) => source.stations === 'all' || source.stations.includes(id))?.interval ?? 'PT1H';
  const known = new Map(stations.map(({ id }) => [id, ms(of(id)) / MINUTE]));
  return (station) => known.get(station) ?? 60;
}

/** PM2.5 is averaged for every city, with a limit or without, since the wall is about it. */
export function setupOf(config: Config, air: Air, opened?: number): LedgerSetup {
  return {
    civil: config.civil, method: config.event.summary, stations: air === 'live' ? [...config.stations, canaryStation] : config.stations, cities: config.cities.map((city) => city.id),
    places: config.places.map((place) => place.id), placesOf: config.placesOf,
    judged: [...new Set(['PM2.5', ...config.event.limits.map((limit) => limit.pollutant)])], settle: ms(config.rules.settle),
    quality: qualityOf({ rules: config.rules.quality, keyDates: config.calendar.keyDates, sources: config.sources }),
    ...(opened === undefined ? {} : { opened }), averaged: config.event.aqi === false ? [] : POLLUTANTS, ...(air === 'live' ? { interval: intervals(config) } : { since: -Infinity }),
  };
}

/** Where some station is listed by several sources: which of them comes first. Whoever may write every station of the event comes before all. */
function sidesOf({ sources, stations }: Config, air: Air): Pick<Bench, 'sides'> {
  const ranks = new Map(stations.map(({ id }) => [id, sources.filter(({ stations: own }) => own === 'all' || own.includes(id)).map((source) => source.id)]));
  const several = air !== 'replay' && [...ranks.values()].some(({ length }) => length > 1);
  if (!several) return {};
  return { sides: new Sides((station, source) => {
    const own = ranks.get(station) ?? [];
    return own.length < 2 ? null : own.indexOf(source);
  }) };
}

/** An empty bench of an event, as of an instant. */
export function benchOf(config: Config, { air, now, opened }: { air: Air; now: number; opened?: number | undefined }): Bench {
  return { ledger: new Ledger(setupOf(config, air, opened), now), calendar: config.calendar, rules: rulesOf(config), marks: MARKS[air], standardOn: (day) => config.standardOn(day).id, ...sidesOf(config, air) };
}

/** A gate for recorded air and for whoever may write every station of the event. */
export const openGate = (config: Config): Gate => ({ civil: config.civil, stationById: config.stationById, writes: () => true });

/** A gate for the canary alone. */
export const canaryGate = (config: Config): Gate => ({ civil: config.civil, stationById: (id) => (id === CANARY ? canaryStation : undefined), writes: (id) => id === CANARY });

/**
 * What each source may write: the stations of its entry in `sources.yaml`; sources of `whole` every station; any other
 * source none.
 */
export function gates(config: Config, whole: readonly string[]): (source: string) => Gate {
  const known = new Map<string, Gate>(whole.map((source) => [source, openGate(config)]));
  const make = (source: string): Gate => {
    const stations = config.sources.find(({ id }) => id === source)?.stations ?? [];
    if (stations === 'all') return openGate(config);
    const own = new Set(stations);
    return { ...openGate(config), writes: (station) => own.has(station) };
  };
  return (source) => {
    const gate = known.get(source) ?? make(source);
    known.set(source, gate);
    return gate;
  };
}
