/** The same hour day after day above the hours beside it: a calibration or a zero check that goes out as air (third class of Wu et al. 2018). */
import { confirmed } from './jump.ts';
import { figure, type Remark, type Rule, type View } from './rule.ts';

const DAY = 24;

/** By how much an hour so many hours ago stands above both beside it; not a number where one of the three is not there. */
const stands = (view: View, ago: number): number => view.ago(ago) - Math.max(view.ago(ago + 1), view.ago(ago - 1));

/** What neighbours have as well is real: a rush hour, or stoves that are lit at seven. */
export const periodic: Rule = {
  reach: () => ({ before: 1, after: 1 }),
  days: ({ periodic: { days } }) => days - 1,
  stirs: (view) => view.at(-1) - Math.max(view.at(0), view.at(-2)) >= view.parameters.periodic.least,
  judge: (view): Remark | null => {
    const { days, least } = view.parameters.periodic;
    const by = view.at(0) - Math.max(view.at(-1), view.at(1));
    if (!(by >= least)) return null;
    for (let day = 1; day < days; day += 1) if (!(stands(view, day * DAY) >= least)) return null;
    const figures = { value: figure(view.at(0)), by: figure(by), days };
    return confirmed(view, { code: 'periodic', by, figures, neighbour: (at) => view.nearNow(at) - Math.max(view.nearAt(at, -1), view.nearAt(at, 1)) });
  },
};
