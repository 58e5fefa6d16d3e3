/** Values that leap: from one hour to the next, or away from the hours around them; and what confirms them. */
import { WHOLE } from './parameters.ts';
import { figure, note, type Remark, type RemarkCode, type Rule, suspect, type View } from './rule.ts';

/** Fewer hours than this around an hour say nothing of it. */
const ENOUGH = 4;

/** What leaps, by how much (with its sign), and how far a neighbour moves by the same measure. */
type Leap = { code: RemarkCode; by: number; figures: Remark['figures']; neighbour: (at: number) => number };

/** A leap is real where there are fireworks, or where enough neighbours leap with it: then it is valid, and says so. */
export function confirmed(view: View, leap: Leap): Remark {
  const { confirm } = view.parameters;
  const keyDate = view.fireworks();
  if (keyDate !== null) return note('confirmed', { ...leap.figures, rule: leap.code, by: 'fireworks', keyDate });
  let neighbours = 0;
  for (let at = 0; at < view.near; at += 1) {
    if (leap.neighbour(at) * Math.sign(leap.by) * WHOLE >= Math.abs(leap.by) * confirm.share) neighbours += 1;
  }
  if (neighbours < confirm.neighbours) return suspect(leap.code, leap.figures);
  return note('confirmed', { ...leap.figures, rule: leap.code, by: 'neighbours', neighbours });
}

/** More than so much from the hour before. */
export const step: Rule = {
  reach: () => ({ before: 1, after: 0 }),
  judge: (view): Remark | null => {
    const [before, level] = [view.at(-1), view.at(0)];
    const by = level - before;
    if (!(Math.abs(by) > view.parameters.step.least)) return null;
    const figures = { value: figure(level), before: figure(before), limit: figure(view.parameters.step.least) };
    return confirmed(view, { code: 'step', by, figures, neighbour: (at) => view.nearNow(at) - view.nearAt(at, -1) });
  },
};

/** Far from the median of the hours around it, by the deviations from that median and by an amount of its own. */
export const spike: Rule = {
  reach: ({ spike: { hours } }) => ({ before: hours, after: hours }),
  stirs: (view) => varies(view, view.parameters.spike),
  judge: (view): Remark | null => {
    const { hours, deviations, least } = view.parameters.spike;
    const level = view.at(0);
    if (!stands(view, hours, least)) return null;
    const { few } = view;
    few.clear();
    for (let offset = -hours; offset <= hours; offset += 1) few.add(view.at(offset));
    const middle = few.twiceMedian();
    const far = Math.abs(2 * level - middle);
    if (few.size < ENOUGH || far <= 2 * least || 2 * far <= deviations * few.fourfoldDeviation()) return null;
    const figures = { value: figure(level), median: figure(middle / 2), deviation: figure(few.fourfoldDeviation() / 4), hours: few.size };
    return confirmed(view, { code: 'spike', by: level - middle / 2, figures, neighbour: (at) => riseOf(view, at, hours) });
  },
};

/** Whether any two of the hours from which an hour before this one is judged are far enough from each other. */
function varies(view: View, { hours, least }: View['parameters']['spike']): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (let offset = -2 * hours; offset < hours; offset += 1) {
    const level = view.at(offset);
    if (level < low) low = level;
    if (level > high) high = level;
  }
  return high - low > least;
}

/** Whether some hour around is far enough from this one: the median cannot be further than the furthest. */
function stands(view: View, hours: number, least: number): boolean {
  const level = view.at(0);
  for (let offset = -hours; offset <= hours; offset += 1) if (Math.abs(view.at(offset) - level) > least) return true;
  return false;
}

/** How far a neighbour's hour is from the median of its own hours around. */
function riseOf(view: View, at: number, hours: number): number {
  const { other } = view;
  other.clear();
  for (let offset = -hours; offset <= hours; offset += 1) other.add(view.nearAt(at, offset));
  return view.nearNow(at) - other.twiceMedian() / 2;
}
