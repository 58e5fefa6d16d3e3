/**
 * Verdicts that a reviewer sets by hand, as a kept reading carries them. They stand in its `why`, with who and for what
 * reason, so that a past moment can be worked out from the revisions alone. A verdict is about one value: another value of
 * the same key is judged by the rules again.
 */

/** What a verdict by hand says; `automatic` takes it back, and the rules' own holds again. */
export const HAND_VERDICTS = ['valid', 'suspect', 'invalid', 'automatic'] as const;
export type HandVerdict = (typeof HAND_VERDICTS)[number];
/** Who stands for it: whoever reviewed, or whoever signed it last. */
export const HAND_LEVELS = ['reviewed', 'verified'] as const;
export type HandLevel = (typeof HAND_LEVELS)[number];
/** How far a value has been looked at. `raw`: its hour goes on, and is judged beside no other yet; `automatic`: the rules' word. */
export const REVIEW_LEVELS = ['raw', 'automatic', ...HAND_LEVELS] as const;
export type ReviewLevel = (typeof REVIEW_LEVELS)[number];

type Hand = { level: HandLevel; by: string; reason: string };

/** The `why` of a reading that was judged by hand. */
export const handWhy = ({ level, by, reason }: Hand): string => `${level}:${JSON.stringify([by, reason])}`;

/** The level of a reading with that `why`; null where the rules judged it. */
export function handLevel(why: string | null): HandLevel | null {
  if (why === null) return null;
  if (why.startsWith('verified:')) return 'verified';
  return why.startsWith('reviewed:') ? 'reviewed' : null;
}

/** Who said it, at which level, and why; null where the rules did. */
export function handOf(why: string | null): Hand | null {
  const level = handLevel(why);
  if (level === null || why === null) return null;
  const [by, reason] = JSON.parse(why.slice(level.length + 1)) as [string, string];
  return { level, by, reason };
}

/** The lower of two levels; null, the rules' own, is the lowest. */
export const lowerLevel = (a: HandLevel | null, b: HandLevel | null): HandLevel | null => (a === null || b === null ? null : a === 'reviewed' ? a : b);
