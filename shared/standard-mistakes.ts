/** What the shape of a standard's file cannot say: columns that do not rise or do not fit their scale, dates that are turned round. */
import type { Mistake } from './keydate.ts';
import { stepsOf } from './iaqi.ts';
import type { Breakpoints, Scale, Standard } from './standard.ts';

const rises = (list: readonly number[]): boolean => list.every((each, at) => at === 0 || each > (list[at - 1] ?? 0));

/** Every figure of a list as it stands there. */
const figures = (list: Scale['iaqi'] | Breakpoints['at']): number[] => list.flatMap((each) => each ?? []);

function columnMistakes(scale: Scale, column: Breakpoints): string[] {
  const { at, average, above } = column;
  const numbers = at.filter((each) => typeof each === 'number').length;
  if (numbers > 0 && numbers < at.length) return ['has points and steps; expected one of both'];
  const [steps, of] = [stepsOf(at), stepsOf(scale.iaqi).length];
  const after = 'use' in above && !scale.breakpoints.some((each) => each.pollutant === column.pollutant && each.average === above.use && each.average !== average);
  return [
    ...(rises(figures(at)) ? [] : ['does not rise']),
    ...(steps.length <= of ? [] : [`has more figures than iaqi (${scale.iaqi.length})`]),
    ...(steps.some((step) => step !== null) ? [] : ['has no figure']),
    ...(after ? [`ends in another average, and there is no column for ${above.use}`] : []),
  ];
}

/** Between two steps no concentration may lie, once it is rounded as the standard says. */
function gapMistakes(scale: Scale, column: Breakpoints): string[] {
  if (typeof column.at[0] === 'number') return [];
  const size = 10 ** scale.rounding.concentration.places[column.pollutant];
  const units = stepsOf(column.at).flatMap((step) => (step === null ? [] : [step.map((end) => Math.round(end * size)) as [number, number]]));
  const gap = units.find(([low], at) => at > 0 && low !== (units[at - 1]?.[1] ?? 0) + 1);
  return gap === undefined ? [] : [`leaves a gap below ${gap[0] / size}`];
}

function scaleMistakes(scale: Scale): Mistake[] {
  const columns = scale.breakpoints.flatMap((column, index) =>
    [...columnMistakes(scale, column), ...gapMistakes(scale, column)].map((message) => ({ path: ['index', 'breakpoints', index, 'at'], message })));
  const twice = scale.breakpoints.flatMap(({ pollutant, average }, index) =>
    (scale.breakpoints.findIndex((each) => each.pollutant === pollutant && each.average === average) === index
      ? [] : [{ path: ['index', 'breakpoints', index], message: `${pollutant} ${average} is there twice` }]));
  const { list } = scale.classes;
  const open = list.findIndex(({ upTo }, at) => (upTo === null) !== (at === list.length - 1));
  const ends = list.flatMap(({ upTo }) => (upTo === null ? [] : [upTo]));
  return [
    ...columns, ...twice,
    ...(rises(figures(scale.iaqi)) ? [] : [{ path: ['index', 'iaqi'], message: 'does not rise' }]),
    ...(open < 0 && rises(ends) ? [] : [{ path: ['index', 'classes', 'list'], message: 'does not rise to one last class without an end' }]),
  ];
}

const turned = ({ from, to }: { from: string; to?: string | undefined }): boolean => to !== undefined && to < from;

/** What contradicts itself in a standard; empty where nothing does. */
export function standardMistakes(standard: Standard): Mistake[] {
  const { index, limits, inForce } = standard;
  return [
    ...(turned(inForce) ? [{ path: ['inForce', 'to'], message: `${inForce.to ?? ''} is before ${inForce.from}` }] : []),
    ...(index === undefined && limits.length === 0 ? [{ path: ['limits'], message: 'neither limits nor an index' }] : []),
    ...(index === undefined ? [] : scaleMistakes(index)),
    ...limits.flatMap(({ inForce: part }, at) => (part !== undefined && turned(part) ? [{ path: ['limits', at, 'inForce', 'to'], message: `${part.to ?? ''} is before ${part.from}` }] : [])),
  ];
}
