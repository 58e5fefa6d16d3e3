/** How long channels are waited for, ms. */

/**
 * `first`, `longest`: between attempts; `tries` where another channel is behind; `window`: of the budget, with something to spare for clocks that differ; `late`: after how long without, counted from
 * the first message of a fact; `gather`: see the roster. Both together are the two minutes after which people are told. */
export type Pace = { first: number; longest: number; tries: number; window: number; late: number; gather: number };
export const PACE: Pace = { first: 2_000, longest: 60_000, tries: 4, window: 61_000, late: 110_000, gather: 10_000 };
/** Without another channel behind it a message is tried for so long. */
export const LONG_ENOUGH = 3_600_000;
/** How long is waited where the box refuses. */
export const REFUSED = 1_000;
