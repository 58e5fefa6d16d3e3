/** A year's indicators as text: Chinese first, then English. The figures as they come; nothing is computed here. */
import { type DayShare, type Figure, type Indicators, PERCENTILES } from '../../shared/annual.ts';
import { type Method, type Name, POLLUTANTS } from '../../shared/event.ts';
import type { TargetState } from '../../shared/targets.ts';
import type { Change, YearOnYear } from '../../shared/year-on-year.ts';
import { INDICATOR_WORDS, type IndicatorWords } from './indicator-words.ts';
import { unitOf } from './tables.ts';
import { fill, type Language } from './words.ts';

type City = Indicators & { id: string; targets: TargetState[]; yearOnYear: YearOnYear[] };
/** What is printed; `area` names a city. */
export type IndicatorsTold = { from: string; to: string; standards: readonly string[]; method: Pick<Method, 'cityMean'>; cities: readonly City[] };
export type IndicatorNames = { event: Name; area: (id: string) => Name };

const signed = (n: number): string => (n > 0 ? `+${n.toFixed(1)}` : n.toFixed(1).replace('-', '−'));
/** One decimal for what has one: PM2.5 and CO over days, shares. */
const written = (value: number, pollutant: string): string => (pollutant === 'PM2.5' || pollutant === 'CO' ? value.toFixed(1) : String(value));

const aside = (text: string, { open, shut }: IndicatorWords): string => `${open}${text}${shut}`;

function rests({ days, reason }: Figure, words: IndicatorWords): string {
  const shown = fill(words.rests, days);
  return reason === null ? shown : `${shown}${words.comma}${words[reason]}`;
}

const named = (pollutant: string, p: number, words: IndicatorWords): string => fill(pollutant === 'O3' ? words.ozone : words.percentile, { pollutant, p });

function figureLine(label: string, of: Figure, { pollutant, words }: { pollutant: string; words: IndicatorWords }): string {
  const value = of.value === null ? words.none : `${written(of.value, pollutant)} ${unitOf(pollutant)}`;
  return `  ${label}  ${value}${aside(rests(of, words), words)}`;
}

function shareLine(label: string, of: DayShare, words: IndicatorWords): string {
  return `  ${label}  ${of.value === null ? words.none : `${of.value.toFixed(1)} %`}${aside(`${fill(words.counted, { n: of.count })}${words.comma}${rests(of, words)}`, words)}`;
}

function allowedSaid({ indicator, allowed, reason }: TargetState, words: IndicatorWords): string {
  if (reason !== null) return words[reason];
  if (allowed === null) return words.none;
  if (allowed.left === 0) return words.over;
  if (allowed.allowed === null) return fill(words.gone, { left: allowed.left });
  const key = { 'good-days': 'badAllowed', 'heavy-days': 'heavyAllowed', 'pm25-mean': 'restAllowed' } as const;
  const n = indicator === 'pm25-mean' ? allowed.allowed.toFixed(1) : allowed.allowed;
  return fill(words[key[indicator]], { left: allowed.left, n });
}

function targetLine(of: TargetState, { words, language }: { words: IndicatorWords; language: Language }): string {
  const unit = of.indicator === 'pm25-mean' ? ' µg/m³' : ' %';
  const now = of.value === null ? words.none : fill(words.toDate, { value: of.value.toFixed(1), unit, met: of.met === true ? words.met : words.missed });
  return `    ${fill(words[of.indicator], { target: of.target })}${words.colon}${now}${words.semicolon}${allowedSaid(of, words)}${aside(of.basis[language], words)}`;
}

function changeLine(label: string, { now, before, change, days }: Change, { words, share, pollutant }: { words: IndicatorWords; share: boolean; pollutant: string }): string {
  const side = (value: number | null): string => (value === null ? words.none : share ? `${value.toFixed(1)} %` : written(value, pollutant));
  const moved = change === null ? words.none : fill(share ? words.points : words.percent, { n: signed(change) });
  return `    ${label}  ${side(before)}${aside(fill(words.rests, days.before), words)} → ${side(now)}  ${moved}`;
}

function yearLines(of: YearOnYear, words: IndicatorWords): string[] {
  const dates = { from: of.from ?? words.none, to: of.to ?? words.none };
  const share = (label: string, change: Change): string => changeLine(label, change, { words, share: true, pollutant: '' });
  const concentration = (label: string, change: Change, pollutant: string): string => changeLine(label, change, { words, share: false, pollutant });
  const head = `  ${fill(words[of.by], dates)}${of.unpaired === 0 ? '' : `${words.semicolon}${fill(words.unpaired, { n: of.unpaired })}`}`;
  const known = [of.goodDays, ...Object.values(of.means), ...Object.values(of.percentiles)].some(({ days }) => days.before.valid > 0);
  if (!known) return [`${head}${words.colon}${words['no-days']}`];
  return [
    head,
    share(words.goodDays, of.goodDays), share(words.heavyDays, of.heavyDays),
    ...Object.entries(of.means).map(([pollutant, change]) => concentration(fill(words.mean, { pollutant }), change, pollutant)),
    ...(['O3', 'CO'] as const).flatMap((pollutant) => {
      const change = of.percentiles[pollutant];
      return change === undefined ? [] : [concentration(named(pollutant, PERCENTILES[pollutant], words), change, pollutant)];
    }),
  ];
}

function cityLines(city: City, language: Language, name: Name): string[] {
  const words = INDICATOR_WORDS[language];
  const { composite: { value, lacking } } = city;
  return [
    '', name[language],
    shareLine(words.goodDays, city.goodDays, words), shareLine(words.heavyDays, city.heavyDays, words),
    ...Object.entries(city.means).map(([pollutant, figure]) => figureLine(fill(words.mean, { pollutant }), figure, { pollutant, words })),
    ...POLLUTANTS.flatMap((pollutant) => {
      const figure = city.percentiles[pollutant];
      return figure === undefined ? [] : [figureLine(named(pollutant, figure.percentile, words), figure, { pollutant, words })];
    }),
    `  ${words.composite}  ${value === null ? `${words.none}${aside(fill(words.lacking, { list: lacking.join(words.and) }), words)}` : value.toFixed(2)}`,
    ...(city.targets.length === 0 ? [] : [`  ${words.targets}`, ...city.targets.map((target) => targetLine(target, { words, language }))]),
    ...city.yearOnYear.flatMap((of) => yearLines(of, words)),
  ];
}

function block(told: IndicatorsTold, language: Language, { event, area }: IndicatorNames): string[] {
  const words = INDICATOR_WORDS[language];
  return [
    fill(words.title, { event: event[language] }), fill(words.range, { from: told.from, to: told.to }),
    fill(words.basis, { standards: told.standards.join(words.and), method: words[told.method.cityMean] }),
    ...told.cities.flatMap((city) => cityLines(city, language, area(city.id))),
  ];
}

/** The whole text. */
export const indicatorText = (told: IndicatorsTold, names: IndicatorNames): string =>
  `${[...block(told, 'zh', names), '', ...block(told, 'en', names)].join('\n')}\n`;
