/**
 * The compliance summary as one page that prints: the figures of the summary and nothing computed anew. Both languages are in
 * it, one is shown, so that a file sent to somebody needs no server to change its language.
 */
import type { Limit, Name } from '../../shared/event.ts';
import type { Summary, SummaryDay, SummaryHour } from '../../shared/summary.ts';
import { civilOf } from '../../shared/time.ts';
import type { EventInfo } from '../../shared/wire.ts';
import { asIs, html, type Markup, nothing } from './markup.ts';
import { aqiSection } from './aqi.ts';
import { figuresSaid, standardsSaid } from './basis.ts';
import { footer, STYLE } from './style.ts';
import { attainmentTable, hoursTable, matrix, type Names, signs, unitOf } from './tables.ts';
import { fill, type Language, WORDS, type Words } from './words.ts';

export type Told = Pick<EventInfo, 'name' | 'air' | 'phases' | 'keyDates' | 'limits' | 'areas'>;
/** `at`: the event time at which it was made. `language`: the one that is shown first. */
export type ReportInput = { summary: Summary; event: Told; at: number; language?: Language };
type Page = ReportInput & { words: Words; language: Language; names: Names; name: (name: Name) => string };

const real = (day: SummaryDay | SummaryHour): boolean => day.drill !== true;
const drilled = (day: SummaryDay | SummaryHour): boolean => day.drill === true;

function tally(list: readonly (SummaryDay | SummaryHour)[]) {
  const count = (verdict: SummaryDay['verdict']): number => list.filter((each) => each.verdict === verdict).length;
  return { met: count('met'), exceeded: count('exceeded'), insufficient: count('insufficient') };
}

/** The result in a few sentences, before any table. */
function result(page: Page): Markup {
  const { summary, words } = page;
  const days = tally(summary.cities.flatMap((city) => city.days.filter(real)));
  const hours = tally(summary.cities.flatMap((city) => city.hours.filter(real)));
  const judged = days.met + days.exceeded + days.insufficient;
  const said = judged === 0 ? [words.noDays] : [
    ...(days.exceeded > 0 ? [fill(words.someExceeded, { n: days.exceeded })] : []),
    ...(days.insufficient > 0 ? [fill(words.someInsufficient, { n: days.insufficient })] : []),
    ...(days.exceeded + days.insufficient === 0 ? [words.allMet] : []),
    ...(hours.exceeded > 0 ? [fill(words.hoursExceeded, { n: hours.exceeded })] : []),
    ...(hours.insufficient > 0 ? [fill(words.hoursInsufficient, { n: hours.insufficient })] : []),
    ...(hours.met > 0 && hours.exceeded + hours.insufficient === 0 ? [fill(words.hoursAllMet, { n: hours.met })] : []),
  ];
  const line = (what: string, of: ReturnType<typeof tally>): Markup => html`<p class="note">${what}: ${words.met} ${of.met} · ${words.exceeded} ${of.exceeded} · ${words.insufficient} ${of.insufficient}</p>`;
  const anyHours = hours.met + hours.exceeded + hours.insufficient > 0;
  return html`<div class="result">${said.map((each) => html`<p>${each}</p>`)}${line(words.days, days)}${anyHours ? line(words.hours, hours) : nothing}${anyAssumed(page) ? html`<p class="note">${words.judgedAssumed}</p>` : nothing}</div>`;
}

const anyAssumed = ({ event }: Page): boolean => event.limits.some((limit) => limit.assumed);

/** The days on which a limit holds; a date never breaks within. */
function holdsWhen({ on }: Limit, page: Page): Markup {
  const { event, words, name } = page;
  const date = (text: string): Markup => html`<span class="day">${text}</span>`;
  if (on === undefined) return html`${words.wholePeriod}`;
  if ('from' in on) return html`${date(on.from)} ${words.to} ${date(on.to)}`;
  if ('phases' in on) return listed(on.phases.map((id) => phaseSaid(event.phases.find((each) => each.id === id), page) ?? html`${id}`));
  return listed(on.keyDates.map((id) => html`${nameOf(event.keyDates, id, name)} ${date(event.keyDates.find((each) => each.id === id)?.date ?? '')}`));
}
const listed = (parts: readonly Markup[]): Markup => html`${parts.map((part) => html`<div>${part}</div>`)}`;
const phaseSaid = (phase: Told['phases'][number] | undefined, { words, name }: Page): Markup | null =>
  (phase === undefined ? null : html`${name(phase.name)} <span class="day">${phase.from} ${words.to} ${phase.to}</span>`);
const nameOf = (list: readonly { id: string; name: Name }[], id: string, name: Page['name']): string => {
  const found = list.find((each) => each.id === id);
  return found === undefined ? id : name(found.name);
};

/** On whose word a limit holds, and by which document. */
function orderSaid({ approver, document }: Told['limits'][number], { words, name }: Page): Markup {
  const parts = [
    ...(approver === undefined ? [] : [fill(words.approver, { by: name(approver) })]),
    ...(document === undefined ? [] : [[name(document), document.number ?? ''].filter((part) => part !== '').join(' ')]),
  ];
  return parts.length === 0 ? nothing : html`<div>${parts.join(words.and)}</div>`;
}

function task(page: Page): Markup {
  const { summary, event, words, names, name } = page;
  const limits = event.limits.map((limit) => html`<tr><td>${limit.pollutant}</td><td class="text">${limit.average === 'hour' ? words.hourAverage : words.dayAverage}</td><td>${limit.max} ${unitOf(limit.pollutant)}</td><td class="text">${limit.areas === undefined ? words.everyCity : limit.areas.map(names.area).join(words.and)}</td><td class="text">${holdsWhen(limit, page)}</td><td class="text">${limit.assumed ? html`<strong>${words.assumed}</strong> · ` : nothing}${name(limit.basis)}${orderSaid(limit, page)}${figuresSaid(summary.limits.find(({ id }) => id === limit.id)?.figures ?? [], page)}</td></tr>`);
  const cities = [...new Set(summary.cities.map((city) => names.area(city.id)))].join(words.and);
  const heads = [words.pollutant, words.average, words.max, words.cities, words.when, words.basis];
  return html`<h2>${words.task}</h2>
<dl><dt>${words.range}</dt><dd>${summary.from} ${words.to} ${summary.to}${summary.through === null || summary.through === summary.to ? nothing : html` (${fill(words.through, { day: summary.through })})`}</dd>
<dt>${words.cities}</dt><dd>${cities === '' ? words.none : cities}</dd><dt>${words.standard}</dt><dd>${standardsSaid(summary, page)}</dd></dl>
<h3>${words.limits}</h3><table class="limits"><thead><tr>${heads.map((head) => html`<th scope="col" class="text">${head}</th>`)}</tr></thead><tbody>${limits}</tbody></table>`;
}

/** Never rounded up: 100 % is said only where nothing is missing. */
const share = (had: number, of: number, words: Words): string => (of === 0 ? words.none : `${(Math.floor((had / of) * 1000) / 10).toFixed(1)} %`);

/** Whether all is verified; where somebody set verdicts by hand, on how many station-hours. */
function reviewSaid({ summary: { data: { state }, review: { reviewed, verified } }, words }: Page): string {
  const hands = reviewed + verified === 0 ? '' : ` · ${fill(words.byHand, { reviewed, verified })}`;
  return `${state === 'verified' ? words.allVerified : words.provisional}${hands}`;
}

function data(page: Page): Markup {
  const { summary: { data: of }, words } = page;
  const counts: [string, string | number][] = [[words.expected, of.readings], [words.missing, of.missing], [words.completeness, share(of.readings - of.missing, of.readings, words)],
    [words.suspect, of.suspect], [words.invalid, of.invalid]];
  return html`<h2>${words.data}</h2><table><thead><tr>${counts.map(([head]) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody><tr>${counts.map(([, figure]) => html`<td>${figure}</td>`)}</tr></tbody></table>
<dl><dt>${words.state}</dt><dd>${reviewSaid(page)}</dd><dt>${words.hash}</dt><dd><span class="hash">${of.sha256}</span><span class="note">${words.hashNote}</span></dd></dl>`;
}

/** The tables of each pollutant, of the days and hours that `holds` lets in. */
function results(page: Page, holds: (day: SummaryDay | SummaryHour) => boolean): { days: Markup; hours: Markup } {
  const { summary, words, names } = page;
  const pollutants = [...new Set(summary.cities.map((city) => city.pollutant))];
  const each = (table: (cities: Summary['cities']) => Markup, note: string): Markup => html`${pollutants.map((pollutant) => {
    const made = table(summary.cities.filter((city) => city.pollutant === pollutant));
    return made.markup === '' ? nothing : html`<p class="note lead">${fill(note, { pollutant, unit: unitOf(pollutant) })}</p>${made}`;
  })}`;
  // A pollutant of hourly limits alone has no daily verdicts, and ozone not even a daily mean in any standard.
  const daily = (pollutant: string): boolean => page.event.limits.some((limit) => limit.average === 'day' && limit.pollutant === pollutant);
  const byDay = (cities: Summary['cities']): Summary['cities'] => cities.filter(({ pollutant }) => daily(pollutant));
  return { days: each((cities) => matrix(byDay(cities), holds, names), words.matrixNote), hours: each((cities) => hoursTable(cities, holds, names), words.ceremonyNote) };
}

function lasted(seconds: number | null, words: Words): string {
  if (seconds === null) return words.none;
  if (seconds < 120) return fill(words.seconds, { n: Math.round(seconds) });
  return seconds < 7200 ? fill(words.minutes, { n: Math.round(seconds / 60) }) : fill(words.hoursLong, { n: (seconds / 3600).toFixed(1) });
}

function process({ summary: { alerts, orders }, words }: Page): Markup {
  return html`<h2>${words.process}</h2><dl><dt>${words.alerts}</dt><dd>${words.raised} ${alerts.raised} · ${words.acknowledged} ${alerts.acknowledged} · ${words.median} ${lasted(alerts.medianAcknowledgeSeconds, words)} · ${words.p90} ${lasted(alerts.p90AcknowledgeSeconds, words)}</dd>
<dt>${words.orders}</dt><dd>${words.issued} ${orders.issued} · ${words.verified} ${orders.verified} · ${words.overdue} ${orders.overdue}</dd></dl>`;
}

function method({ summary: { method: of }, words }: Page): Markup {
  return html`<h2>${words.method}</h2><p class="whole">${fill(of.cityMean === 'city-hour-first' ? words.methodHours : words.methodText, { minutes: of.hourMinutes, dayHours: of.dayHours, share: of.stationShare * 100 })}</p>`;
}

/** A summary has a limit's figure, not its id: where two limits share it and one was assumed, both are marked. */
const assumedIn = (event: Told): Names['assumed'] => (average, max, pollutant) =>
  event.limits.some((limit) => limit.assumed && limit.average === average && limit.max === max && limit.pollutant === pollutant);

/** What has been corrected since is not in it: whoever reads it must see that first. */
const knownThen = ({ summary: { asKnownAt }, words }: Page): Markup =>
  (asKnownAt === undefined ? nothing : html`<p class="band">${fill(words.knownThen, { at: asKnownAt })}</p>`);

function article(input: ReportInput, language: Language): Markup {
  const words = WORDS[language];
  const { event, summary, at } = input;
  const name = (each: Name): string => each[language];
  const page: Page = { ...input, words, language, name, names: { words, area: (id) => nameOf(event.areas, id, name), assumed: assumedIn(event) } };
  const mark = event.air === 'live' ? null : words[event.air];
  const shown = results(page, real);
  const drill = results(page, drilled);
  const other = language === 'zh' ? 'en' : 'zh';
  return html`<article class="${language}" lang="${words.lang}">
<label class="switch-to" for="${other}">${words.language}</label>
${mark === null ? nothing : html`<p class="band">${mark}</p>`}${knownThen(page)}
<h1>${words.title}</h1><p class="subject">${name(event.name)} · ${summary.from} ${words.to} ${summary.to}</p>
${result(page)}${task(page)}${data(page)}${method(page)}
<h2>${words.matrix}</h2>${signs(words, anyAssumed(page))}${shown.days.markup === '' ? html`<p>${words.noDays}</p>` : shown.days}
${shown.hours.markup === '' ? nothing : html`<h2>${words.ceremony}</h2>${shown.hours}`}
<h2>${words.attainment}</h2>${attainmentTable(summary, page.names)}<p class="note after">${words.meanNote}</p>
${process(page)}${aqiSection(summary.aqi, { ...page.names, language })}
${drill.days.markup === '' && drill.hours.markup === '' ? nothing : html`<h2>${words.drill}</h2><p class="lead">${words.drillNote}</p>${drill.days}${drill.hours}`}
<p class="note after">${words.made} ${civilOf(summary.timezone).iso(at)}</p></article>`;
}

/** What the air is worth, then whose page it is. */
function footText({ event }: ReportInput, language: Language): string {
  const words = WORDS[language];
  return [...(event.air === 'live' ? [] : [words[event.air]]), event.name[language]].join(' · ');
}

/** The whole page. */
export function reportHtml(input: ReportInput): string {
  const { language = 'zh', event } = input;
  const choice = (of: Language): Markup => html`<input class="switch" type="radio" name="language" id="${of}" aria-label="${WORDS[of].lang}"${of === language ? asIs(' checked') : nothing}>`;
  return html`<!doctype html>
<html lang="${WORDS[language].lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${event.name[language]} · ${WORDS[language].title}</title><style>${asIs(STYLE)}${(['zh', 'en'] as const).map((each) => asIs(footer(each, footText(input, each))))}</style></head>
<body>${choice('zh')}${choice('en')}${article(input, 'zh')}${article(input, 'en')}</body></html>
`.markup;
}
