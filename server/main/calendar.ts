/** The calendar as a person reads it: a table in text, Chinese first, or CSV; a row a civil day. */
import type { Config } from '../config.ts';
import { table } from '../config/outline.ts';
import type { Limit, Name } from '../../shared/event.ts';
import { type CalendarBody, type CalendarDay, previewOf } from '../../shared/preview.ts';

const WEEKDAYS: readonly Name[] = [
  { zh: '周一', en: 'Mon' }, { zh: '周二', en: 'Tue' }, { zh: '周三', en: 'Wed' }, { zh: '周四', en: 'Thu' }, { zh: '周五', en: 'Fri' }, { zh: '周六', en: 'Sat' }, { zh: '周日', en: 'Sun' },
];
const AVERAGE: Readonly<Record<Limit['average'], Name>> = { hour: { zh: '小时均值', en: 'hour' }, day: { zh: '日均值', en: 'day' } };
const BOTH = { drill: '演练 drill', assumed: '暂定 assumed', none: '—' };
const LANGUAGES = ['zh', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

const both = (name: Name): string => `${name.zh} ${name.en}`;
const unitOf = (pollutant: string): string => (pollutant === 'CO' ? 'mg/m³' : 'µg/m³');

/** The whole preview of an event; the change that comes next is the first after `now`. */
export const calendarOfEvent = ({ calendar, cities }: Config, now: number | null): CalendarBody => previewOf(calendar, { cities: cities.map(({ id }) => id), now });

/** `18:00–24:00`, with the day before each end that is not on the row's own day. */
function windowOf({ from, to }: CalendarDay['keyDates'][number], day: string): string {
  const midnight = to.slice(11, 16) === '00:00' && to.slice(0, 10) > day;
  const end = (at: string): string => (at.startsWith(day) ? at.slice(11, 16) : `${at.slice(5, 10)} ${at.slice(11, 16)}`);
  return `${end(from)}–${midnight && Date.parse(to) - Date.parse(from) <= 24 * 3_600_000 && from.startsWith(day) ? '24:00' : end(to)}`;
}

type Row = CalendarDay['limits'][number];
type Where = { cities: number; area: (id: string) => string };

/** `PM2.5 日均值 day ≤75`, where it is judged, and what it is worth. */
function limitText({ pollutant, average, max, areas, judged, assumed }: Row, { cities, area }: Where): string {
  const where = areas.length === cities ? '' : ` [${areas.map(area).join('、')}]`;
  const looser = judged.length === 0 ? ' （有更严的限值 a stricter one holds）' : '';
  return `${pollutant} ${both(AVERAGE[average])} ≤${max}${where}${assumed ? ` ${BOTH.assumed}` : ''}${looser}`;
}

const phaseText = ({ phase, drill }: CalendarDay): string => `${phase === null ? BOTH.none : both(phase.name)}${drill ? ` (${BOTH.drill})` : ''}`;

function rowOf(day: CalendarDay, where: Where): string[] {
  const weekday = WEEKDAYS[day.weekday - 1];
  const nights = day.keyDates.map((each) => `${both(each.name)} ${windowOf(each, day.date)}`);
  const limits = day.limits.map((each) => limitText(each, where));
  return [day.date, weekday === undefined ? '' : both(weekday), day.lunar.name.zh, phaseText(day), nights.join('；') || BOTH.none, limits.join('；') || '无限值 no limit'];
}

function groundsOf({ event }: Config): string[] {
  return event.limits.flatMap(({ id, pollutant, average, max, basis, assumed, approver, document }) => [
    `  ${id}: ${pollutant} ${both(AVERAGE[average])} ≤${max} ${unitOf(pollutant)}${assumed ? ` ${BOTH.assumed}` : ''}`,
    `    依据 basis: ${basis.zh} · ${basis.en}`,
    ...(approver === undefined ? [] : [`    批准 approved by: ${both(approver)}`]),
    ...(document === undefined ? [] : [`    文件 document: ${document.zh} · ${document.en}${document.number === undefined ? '' : ` (${document.number})`}`]),
  ]);
}

/** The preview as lines of text, and below it on what each limit rests. */
export function calendarText(config: Config, body: CalendarBody): string {
  const { event } = config;
  const where: Where = { cities: config.cities.length, area: (id) => config.areaById(id)?.name.zh ?? id };
  const head = ['日期 Date', '星期 Weekday', '农历 Lunar', '阶段 Phase', '关键日 Key dates', `限值 Limits (µg/m³; CO mg/m³)`];
  return [
    event.name.zh, event.name.en, `${body.from} – ${body.to} (${body.timezone})`, '',
    ...table([head, ...body.days.map((day) => rowOf(day, where))]), '',
    '限值的依据 What each limit rests on', ...groundsOf(config), '',
  ].join('\n');
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What one language says of a day's limits of one average: figure, places, worth. */
function limitsIn(day: CalendarDay, average: Limit['average']): string {
  return day.limits.filter((each) => each.average === average)
    .map(({ pollutant, max, areas, judged }) => `${pollutant}<=${max}@${areas.join('+')}${judged.length === areas.length ? '' : `(judged:${judged.join('+')})`}`).join('; ');
}

function csvRow(day: CalendarDay): string[] {
  const weekday = WEEKDAYS[day.weekday - 1];
  const said = (name: (language: Language) => string): string[] => LANGUAGES.map(name);
  return [
    day.date, ...said((language) => weekday?.[language] ?? ''), ...said((language) => day.lunar.name[language]),
    day.phase?.id ?? '', ...said((language) => day.phase?.name[language] ?? ''), String(day.drill),
    ...said((language) => day.keyDates.map(({ name, from, to }) => `${name[language]} ${from}/${to}`).join('; ')),
    limitsIn(day, 'day'), limitsIn(day, 'hour'), day.limits.filter(({ assumed }) => assumed).map(({ id }) => id).join('; '),
    ...said((language) => [...new Set(day.limits.map(({ basis }) => basis[language]))].join('; ')),
  ];
}

const CSV_HEAD = [
  'date', 'weekday_zh', 'weekday_en', 'lunar_zh', 'lunar_en', 'phase', 'phase_zh', 'phase_en', 'drill', 'key_dates_zh', 'key_dates_en',
  'day_limits', 'hour_limits', 'assumed', 'basis_zh', 'basis_en',
];

/** The preview as CSV (RFC 4180 quoting, LF): a header, then a row a civil day. */
export const calendarCsv = ({ days }: CalendarBody): string => `${[CSV_HEAD, ...days.map(csvRow)].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
