/** The tables of the report. Every verdict has a sign beside its figure, so that a grey print tells the same. */
import type { Summary, SummaryCity, SummaryDay, SummaryHour, Verdict } from '../../shared/summary.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Words } from './words.ts';

export const SIGNS: Readonly<Record<Verdict, string>> = { met: '✓', exceeded: '▲', insufficient: '?', unlimited: '○' };
/** `assumed`: whether this may be a figure of a limit that was assumed; what was judged by it says so. */
export type Names = { area: (id: string) => string; words: Words; assumed: (average: 'hour' | 'day', max: number, pollutant: string) => boolean };
const UNIT: Readonly<Record<string, string>> = { CO: 'mg/m³' };
export const unitOf = (pollutant: string): string => UNIT[pollutant] ?? 'µg/m³';
type Judged = Pick<SummaryDay, 'rounded' | 'verdict' | 'incomplete'>;
/** Stands beside a mean over less than everything that was expected. */
const SHORT = '°';

const short = ({ incomplete: of }: Judged, words: Words): Markup =>
  (of === undefined ? nothing : html`<sup title="${words.incomplete} ${of.valid}/${of.expected}">${SHORT}</sup>`);
const cell = (judged: Judged | undefined, words: Words): Markup => (judged === undefined
  ? html`<td>${words.none}</td>`
  : html`<td class="${judged.verdict}">${judged.rounded ?? words.none}${short(judged, words)}<i title="${words[judged.verdict]}">${SIGNS[judged.verdict]}</i></td>`);

export const signs = (words: Words, assumed: boolean): Markup => html`<ul class="signs" aria-label="${words.legend}">${(['met', 'exceeded', 'insufficient', 'unlimited'] as const)
  .map((verdict) => html`<li><span class="${verdict}">${SIGNS[verdict]}</span>${words[verdict]}</li>`)}<li><span>${SHORT}</span>${words.incomplete}</li>${assumed ? html`<li><span>*</span>${words.assumedLimit}</li>` : nothing}</ul>`;

/** More cities than this do not fit across a page; the rest follows in a further table. */
const ACROSS = 18;
/** From so many on their names stand upright; up to so many the table is no wider than it needs to be. */
const [MANY, FEW] = [10, 3];
/** A table of more rows than this does not fit on a page: it begins where it stands instead of leaving a page empty. */
const A_PAGE = 40;
function blocks<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / ACROSS);
  const size = Math.ceil(list.length / Math.max(1, count));
  return Array.from({ length: count }, (_, n) => list.slice(n * size, (n + 1) * size));
}

/** The limit of a day where all cities share it; where they do not, each city's own stands in its cells. */
function limitOf(days: readonly (SummaryDay | undefined)[], said: (limit: number | null) => string): string {
  const limits = [...new Set(days.flatMap((day) => (day === undefined ? [] : [day.limit])))];
  return limits.length === 0 ? said(null) : limits.map(said).join(' / ');
}
/** A limit as it is said beside what it judges. */
const limitSaid = ({ words, assumed }: Names, average: 'hour' | 'day', pollutant: string) => (limit: number | null): string =>
  (limit === null ? words.none : `${limit}${assumed(average, limit, pollutant) ? '*' : ''}`);

function matrixBlock(cities: readonly SummaryCity[], dates: readonly string[], names: Names): Markup {
  const { area, words } = names;
  const said = limitSaid(names, 'day', cities[0]?.pollutant ?? '');
  const name = (id: string): Markup => (cities.length > MANY ? html`<span class="upright">${area(id)}</span>` : html`${area(id)}`);
  const byDate = cities.map((city) => new Map(city.days.map((day) => [day.date, day])));
  return html`<div class="scroll"><table class="matrix${cities.length > MANY ? ' many' : cities.length <= FEW ? ' few' : ''}${dates.length > A_PAGE ? ' long' : ''}"><thead><tr><th scope="col">${words.date}</th><th scope="col">${words.limit}</th>${cities
    .map((city) => html`<th scope="col">${name(city.id)}</th>`)}</tr></thead><tbody>${dates.map((date) => {
    const days = byDate.map((of) => of.get(date));
    return html`<tr><th scope="row">${date}</th><td>${limitOf(days, said)}</td>${days.map((day) => cell(day, words))}</tr>`;
  })}</tbody></table></div>`;
}

/** City × day, of one pollutant; a day is in it if `holds`. */
export function matrix(cities: readonly SummaryCity[], holds: (day: SummaryDay) => boolean, names: Names): Markup {
  const dates = [...new Set(cities.flatMap((city) => city.days.filter(holds).map((day) => day.date)))].sort();
  if (dates.length === 0) return nothing;
  return html`${blocks(cities).map((block) => matrixBlock(block, dates, names))}`;
}

type HourRow = { city: SummaryCity; date: string; hours: SummaryHour[] };
function hourRows(cities: readonly SummaryCity[], holds: (hour: SummaryHour) => boolean): HourRow[] {
  return cities.flatMap((city) => {
    const dates = [...new Set(city.hours.filter(holds).map((hour) => hour.start.slice(0, 10)))];
    return dates.map((date) => ({ city, date, hours: city.hours.filter((hour) => hour.start.startsWith(date)) }));
  }).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

const highest = (hours: readonly SummaryHour[]): number | null =>
  hours.reduce<number | null>((most, { rounded }) => (rounded === null ? most : Math.max(most ?? rounded, rounded)), null);

/** The hours that have an hourly limit, a day and city a row; columns by the civil time of each hour's start. */
export function hoursTable(cities: readonly SummaryCity[], holds: (hour: SummaryHour) => boolean, names: Names): Markup {
  const { area, words } = names;
  const said = limitSaid(names, 'hour', cities[0]?.pollutant ?? '');
  const rows = hourRows(cities, holds);
  const dates = [...new Set(rows.map((row) => row.date))];
  return html`${dates.map((date) => {
    const of = rows.filter((row) => row.date === date);
    const columns = [...new Set(of.flatMap((row) => row.hours.map((hour) => hour.start.slice(11))))].sort();
    const limits = [...new Set(of.flatMap((row) => row.hours.map((hour) => said(hour.limit))))].join(' / ');
    return html`<h3>${date} · ${words.limit} ${limits}</h3><div class="scroll"><table class="hours"><thead><tr><th scope="col">${words.city}</th>${columns
      .map((column) => html`<th scope="col">${column.slice(0, 2)}</th>`)}<th scope="col">${words.highest}</th></tr></thead><tbody>${of
      .map(({ city, hours }) => html`<tr><th scope="row">${area(city.id)}</th>${columns
        .map((column) => cell(hours.find((hour) => hour.start.endsWith(column)), words))}<td>${highest(hours) ?? words.none}</td></tr>`)}</tbody></table></div>`;
  })}`;
}

const percent = (rate: number | null, words: Words): string => (rate === null ? words.none : `${rate.toFixed(1)} %`);

export function attainmentTable(summary: Summary, { area, words }: Names): Markup {
  const valid = (days: readonly SummaryDay[]): number => days.filter((day) => day.drill !== true && day.mean !== null).length;
  const rows = summary.cities.map(({ id, pollutant, mean, rounded, days, attainment: of }) => html`<tr><th scope="row">${area(id)}</th><td class="text">${pollutant} ${unitOf(pollutant)}</td><td>${valid(days)}</td><td>${mean === null ? words.none : mean.toFixed(2)}</td><td>${rounded ?? words.none}</td><td>${of.met}</td><td>${of.exceeded}</td><td>${of.insufficient}</td><td>${of.unlimited}</td><td>${percent(of.rate, words)}</td></tr>`);
  const heads = [words.city, words.pollutant, words.validDays, words.mean, words.meanRounded, words.met, words.exceeded, words.insufficient, words.unlimited, words.rate];
  return html`<table class="attainment"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}
