/** What the report was judged by: standards with their documents and days, and where a limit's figure stands in them. */
import type { SummaryFigure } from '../../shared/basis.ts';
import type { Summary } from '../../shared/summary.ts';
import { html, type Markup } from './markup.ts';
import { fill, type Language, type Words } from './words.ts';

type Said = { words: Words; language: Language };

/** Each standard with its documents; its days where several judge the range; its own time where the range is not within it. */
export function standardsSaid({ standards, from, to }: Summary, { words, language }: Said): Markup {
  return html`${standards.map(({ id, name, inForce, documents, ...days }) => {
    const outside = days.from < inForce.from || (inForce.to !== null && days.to > inForce.to);
    const when = [
      ...(days.from === from && days.to === to ? [] : [`${days.from} ${words.to} ${days.to}`]),
      ...(outside ? [fill(inForce.to === null ? words.standardSince : words.standardTime, { from: inForce.from, to: inForce.to ?? '' })] : []),
    ];
    return html`<div>${name[language]} (${id})<span class="note">${[documents.map(({ number }) => number).join(words.and), ...when].join(words.semicolon)}</span></div>`;
  })}`;
}

function gradeSaid({ grade, target }: SummaryFigure, words: Words): string {
  if (grade !== null) return ` ${grade === 1 ? words.grade1 : words.grade2}`;
  return target === null || target === undefined ? '' : ` ${target === 'guideline' ? words.guideline : fill(words.interim, { n: target.slice(-1) })}`;
}

/** "equals GB 3095-2012 table 1, grade II" for each figure that a limit equals. */
export const figuresSaid = (figures: readonly SummaryFigure[], { words, language }: Said): Markup =>
  html`${figures.map((figure) => html`<div class="note">${fill(words.equals, { clause: figure.clause[language], grade: gradeSaid(figure, words) })}</div>`)}`;
