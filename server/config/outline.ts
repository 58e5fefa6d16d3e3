/** An event folder in one screenful: what whoever wrote it should recognise before the event begins. */
import type { Limit } from '../../shared/event.ts';
import { stretchesOf } from '../../shared/effective.ts';
import { addDays, daysBetween } from '../../shared/time.ts';
import type { Config } from './load.ts';
import { printed } from './problem.ts';

/** Columns that Chinese fills twice as fast. */
const width = (text: string): number => [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);

/** Rows as aligned columns, the last one ragged. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, width(cell))), []);
  return rows.map((row) => `  ${row.map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - width(cell)))).join('  ')}`);
}

const minute = (config: Config, instant: number): string => config.civil.iso(instant).slice(0, 16).replace('T', ' ');
const limitText = ({ id, pollutant, average, max, assumed, areas }: Limit): string =>
  `${id}: ${pollutant} ${average} ≤ ${max}${areas === undefined ? '' : ` in ${areas.join(', ')}`}${assumed ? ' (assumed)' : ''}`;

function cityRows(config: Config): string[] {
  return table(config.cities.map((city) => {
    const stations = config.stationsIn(city.id);
    return [city.id, city.name.zh, city.role ?? '', `${stations.filter((each) => each.evaluates).length} of ${stations.length} stations evaluate`];
  }));
}

function keyDateRows(config: Config): string[] {
  const inTime = [...config.calendar.keyDates].sort((a, b) => a.start - b.start);
  return table(inTime.map((each) => [each.date, `${minute(config, each.start)} – ${minute(config, each.end)}`, each.kind, each.id, each.name.zh]));
}

/** Runs of days with the same phase and limits, a row each. */
function limitRows(config: Config): string[] {
  const { event, calendar } = config;
  const on = (day: string) => ({ phase: calendar.phaseOn(day), limits: calendar.limitsOn(day).map(limitText) });
  const runs: { from: string; to: string; same: string; row: string[] }[] = [];
  for (const day of daysBetween(event.period.from, event.period.to)) {
    const { phase, limits } = on(day);
    const same = JSON.stringify([phase?.id, limits]);
    const last = runs.at(-1);
    if (last?.same === same && addDays(last.to, 1) === day) last.to = day;
    else runs.push({ from: day, to: day, same, row: [phase === null ? '–' : `${phase.id}${phase.drill ? ' (drill)' : ''}`, limits.length === 0 ? 'no limit' : limits.join('; ')] });
  }
  return table(runs.map(({ from, to, row }) => [from === to ? from : `${from} – ${to}`, ...row]));
}

/** The standard, or each with its days where there are several. */
function judgedBy({ event, standards }: Config): string {
  const found = stretchesOf(event, standards, event.period);
  return found.map(({ from, to, standard: { id } }) => (found.length === 1 ? id : `${id} ${from} – ${to}`)).join(', ');
}

/** Measures that levels order, and steps of the room itself, which alerts only suggest. */
function planned(measures: Config['plan']['measures']): string {
  if (measures.length === 0) return 'no measures, so levels issue no orders';
  const steps = measures.filter(({ levels }) => levels.length === 0).length;
  return `${measures.length - steps} measures${steps === 0 ? '' : `, ${steps} steps of the room itself`}`;
}

/** The summary that `check-config` prints, a line each. */
export function outline(config: Config): string[] {
  const { event, stations, cities, plan, sources, notices } = config;
  const { from, to } = event.period;
  return [
    `${event.id}: ${event.name.zh} (${event.name.en})`,
    `Period: ${from} – ${to}, ${daysBetween(from, to).length} days, ${event.timezone}; judged by ${judgedBy(config)}`,
    `Stations: ${stations.length}, of which ${stations.filter((each) => each.evaluates).length} evaluate; areas: ${config.areas.length}; sources: ${sources.map((each) => each.id).join(', ')}`,
    `Plan: ${plan.ladders.map((each) => each.id).join(', ')}; ${planned(plan.measures)}`,
    `Cities: ${cities.length}`, ...cityRows(config),
    `Key dates: ${config.calendar.keyDates.length}`, ...keyDateRows(config),
    'Limits, day by day (µg/m³; CO mg/m³)', ...limitRows(config),
    ...(notices.length === 0 ? [] : ['Worth a look', ...notices.map((each) => `  ${printed(each)}`)]),
  ];
}
