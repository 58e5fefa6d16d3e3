/** The report's tables of the AQI: each day by city, and how many days each class had. */
import type { SummaryAqi, SummaryAqiDay } from '../../shared/city-aqi.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Language, Words } from './words.ts';

export type AqiNames = { area: (id: string) => string; words: Words; language: Language };

/** More cities than this do not fit beside each other with their classes and pollutants. */
const ACROSS = 5;

/** As the trade writes it: O3-8h and O3-1h are two figures. */
const SHORT: Readonly<Record<string, string>> = { '8-hours': '-8h', hour: '-1h' };
const missingSaid = ({ missing }: SummaryAqiDay, words: Words): string =>
  (missing.length === 0 ? '' : `${words.aqiMissing} ${missing.map(({ pollutant, average }) => `${pollutant}${SHORT[average] ?? ''}`).join(words.and)}`);

function cell(day: SummaryAqiDay | undefined, { words, language }: AqiNames): Markup {
  if (day === undefined || day.reason === 'no-mean' || day.reason === 'no-index') return html`<td class="text">${words.none}</td>`;
  const lack = missingSaid(day, words);
  const note = lack === '' ? nothing : html` <span class="note">${lack}</span>`;
  if (day.aqi === null) return html`<td class="text">NA${note}</td>`;
  return html`<td class="text"><b>${day.aqi}</b> ${day.class?.[language] ?? ''} ${day.primary.length === 0 ? words.none : day.primary.join(words.and)}${note}</td>`;
}

function days(cities: readonly SummaryAqi[], names: AqiNames): Markup {
  const dates = [...new Set(cities.flatMap((city) => city.days.map(({ date }) => date)))].sort();
  const byDate = cities.map((city) => new Map(city.days.map((day) => [day.date, day])));
  return html`<table class="aqi long"><thead><tr><th scope="col">${names.words.date}</th>${cities.map(({ id }) => html`<th scope="col" class="text">${names.area(id)}</th>`)}</tr></thead><tbody>${dates
    .map((date) => html`<tr><th scope="row">${date}</th>${byDate.map((of) => cell(of.get(date), names))}</tr>`)}</tbody></table>`;
}

/** Classes by name, best first: days judged by several standards may have two names for one level. */
function classesIn(cities: readonly SummaryAqi[], language: Language): string[] {
  const found = new Map<string, number>();
  for (const { level, class: name } of cities.flatMap((city) => city.days)) if (name !== null) found.set(name[language], level ?? 0);
  return [...found].sort((a, b) => a[1] - b[1]).map(([name]) => name);
}

function levels(cities: readonly SummaryAqi[], { area, words, language }: AqiNames): Markup {
  const names = classesIn(cities, language);
  const rows = cities.map(({ id, days: of }) => {
    const count = (holds: (day: SummaryAqiDay) => boolean): number => of.filter(holds).length;
    return html`<tr><th scope="row">${area(id)}</th>${names.map((name) => html`<td>${count((day) => day.class?.[language] === name)}</td>`)}<td>${count((day) => day.aqi === null)}</td></tr>`;
  });
  return html`<table class="attainment"><thead><tr><th scope="col">${words.city}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">${words.aqiNone}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** The section, or nothing where the event asks for no AQI. */
export function aqiSection(aqi: readonly SummaryAqi[] | null, names: AqiNames): Markup {
  if (aqi === null || aqi.every((city) => city.days.length === 0)) return nothing;
  const { words } = names;
  const groups = Array.from({ length: Math.ceil(aqi.length / ACROSS) }, (_, n) => aqi.slice(n * ACROSS, (n + 1) * ACROSS));
  const apart = aqi[0]?.notMonitored ?? [];
  const none = aqi.some((city) => city.days.some((day) => day.reason === 'no-index'));
  return html`<h2>${words.aqi}</h2><p class="note lead">${words.aqiNote}${apart.length === 0 ? '' : ` ${words.aqiApart} ${apart.join(words.and)}${words.stop}`}${none ? ` ${words.aqiNoIndex}` : ''}</p>
${groups.map((group) => days(group, names))}<h3>${words.aqiDays}</h3>${levels(aqi, names)}`;
}
