/** The tables of the report. Every verdict has a sign beside its figure, so that a grey print tells the same. */
import type { Summary, SummaryCity, SummaryDay, SummaryHour, Verdict } from '../../shared/summary.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Words } from './words.ts';

export const SIGNS: Readonly<Record<Verdict, string>> = { met: '✓', exceeded: '▲', insufficient: '?', unlimited: '○' };
export type Names = { area: (id: string) => string; words: Words };
type Judged = Pick<SummaryDay, 'rounded' | 'verdict'>;

const cell = (judged: Judged | undefined, words: Words): Markup => (judged === undefined
  ? html`<td>${words.none}</td>`
  : html`<td class="${judged.verdict}">${judged.rounded ?? words.none}<i title="${words[judged.verdict]}">${SIGNS[judged.verdict]}</i></td>`);

export const signs = (words: Words): Markup => html`<ul class="signs" aria-label="${words.legend}">${(['met', 'exceeded', 'insufficient', 'unlimited'] as const)
  .map((verdict) => html`<li><span class="${verdict}">${SIGNS[verdict]}</span>${words[verdict]}</li>`)}</ul>`;

/** More cities than this do not fit across a page; the rest follows in a further table. */
const ACROSS = 10;
function blocks<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / ACROSS);
  const size = Math.ceil(list.length / Math.max(1, count));
  return Array.from({ length: count }, (_, n) => list.slice(n * size, (n + 1) * size));
}

/** The limit of a day where all cities share it; where they do not, each city's own stands in its cells. */
function limitOf(days: readonly (SummaryDay | undefined)[], words: Words): string {
  const limits = [...new Set(days.flatMap((day) => (day === undefined ? [] : [day.limit])))];
  return limits.length === 1 && limits[0] !== null ? String(limits[0]) : limits.every((limit) => limit === null) ? words.none : limits.map((limit) => limit ?? words.none).join(' / ');
}

function matrixBlock(cities: readonly SummaryCity[], dates: readonly string[], { area, words }: Names): Markup {
  const byDate = cities.map((city) => new Map(city.days.map((day) => [day.date, day])));
  return html`<div class="scroll"><table class="matrix"><thead><tr><th scope="col">${words.date}</th><th scope="col">${words.limit}</th>${cities
    .map((city) => html`<th scope="col">${area(city.id)}</th>`)}</tr></thead><tbody>${dates.map((date) => {
    const days = byDate.map((of) => of.get(date));
    return html`<tr><th scope="row">${date}</th><td>${limitOf(days, words)}</td>${days.map((day) => cell(day, words))}</tr>`;
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
export function hoursTable(cities: readonly SummaryCity[], holds: (hour: SummaryHour) => boolean, { area, words }: Names): Markup {
  const rows = hourRows(cities, holds);
  const dates = [...new Set(rows.map((row) => row.date))];
  return html`${dates.map((date) => {
    const of = rows.filter((row) => row.date === date);
    const columns = [...new Set(of.flatMap((row) => row.hours.map((hour) => hour.start.slice(11))))].sort();
    const limits = [...new Set(of.flatMap((row) => row.hours.map((hour) => String(hour.limit ?? words.none))))].join(' / ');
    return html`<h3>${date} · ${words.limit} ${limits}</h3><div class="scroll"><table class="hours"><thead><tr><th scope="col">${words.cities}</th>${columns
      .map((column) => html`<th scope="col">${column.slice(0, 2)}</th>`)}<th scope="col">${words.highest}</th></tr></thead><tbody>${of
      .map(({ city, hours }) => html`<tr><th scope="row">${area(city.id)}</th>${columns
        .map((column) => cell(hours.find((hour) => hour.start.endsWith(column)), words))}<td>${highest(hours) ?? words.none}</td></tr>`)}</tbody></table></div>`;
  })}`;
}

const percent = (rate: number | null, words: Words): string => (rate === null ? words.none : `${rate.toFixed(1)} %`);

export function attainmentTable(summary: Summary, { area, words }: Names): Markup {
  const rows = summary.cities.map(({ id, pollutant, mean, rounded, attainment: of }) => html`<tr><th scope="row">${area(id)}</th><td class="text">${pollutant}</td><td>${mean === null ? words.none : mean.toFixed(2)}</td><td>${rounded ?? words.none}</td><td>${of.met}</td><td>${of.exceeded}</td><td>${of.insufficient}</td><td>${of.unlimited}</td><td>${percent(of.rate, words)}</td></tr>`);
  const heads = [words.cities, words.pollutant, words.mean, 'GB/T 8170', words.met, words.exceeded, words.insufficient, words.unlimited, words.rate];
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}
