/** PM2.5 is a part of PM10: it cannot be more, and is seldom next to nothing of it. */
import { WHOLE } from './parameters.ts';
import { figure, note, type Remark, type Rule, suspect, type View } from './rule.ts';

/** Both means of an hour, whichever of the two is judged; not a number where one of them is missing. */
const fine = (view: View): number => (view.pollutant === 'PM2.5' ? view.at(0) : view.partner());
const coarse = (view: View): number => (view.pollutant === 'PM2.5' ? view.partner() : view.at(0));
const figuresOf = (view: View): Remark['figures'] => ({ fine: figure(fine(view)), coarse: figure(coarse(view)) });

/** PM2.5 above PM10: both are suspect beyond what two instruments may differ by; a small excess, common in damp air, is noted. */
export const inversion: Rule = {
  reach: () => ({ before: 0, after: 0 }),
  judge: (view): Remark | null => {
    const [small, all] = [fine(view), coarse(view)];
    if (!(small > all)) return null;
    const { least, share } = view.parameters.inversion;
    const doubted = small - all > least && (small - all) * WHOLE > all * share;
    return doubted ? suspect('inversion', figuresOf(view)) : note('slight-inversion', figuresOf(view));
  },
};

/** Next to no PM2.5 in PM10: dust where it is to be expected, else in doubt. */
export const ratio: Rule = {
  reach: () => ({ before: 0, after: 0 }),
  judge: (view): Remark | null => {
    const { ratio: { least }, dust } = view.parameters;
    if (!(fine(view) * WHOLE < coarse(view) * least)) return null;
    return dust ? note('dust', figuresOf(view)) : suspect('ratio', figuresOf(view));
  },
};
