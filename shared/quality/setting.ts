/** What a deployment says of the worth of data: the figures of the rules, what flags mean by source, when fireworks are to be expected. */
import type { ResolvedKeyDate } from '../keydate.ts';
import { type Flags, flagSetsOf, type FlagSets, flagsOf, type SourceFlags, USUAL_FLAGS } from './flags.ts';
import type { Fireworks } from './look.ts';
import { type Parameters, parametersOf, type QualityFile, USUAL } from './parameters.ts';

export type Quality = { parameters: Parameters; fireworks: readonly Fireworks[]; flagsOf: (source: string) => Flags; flagSets: FlagSets };

/** Where nothing is said. */
export const USUAL_QUALITY: Quality = { parameters: USUAL, fireworks: [], flagsOf: () => USUAL_FLAGS, flagSets: flagSetsOf([USUAL_FLAGS]) };

type Said = { rules: QualityFile; keyDates: readonly ResolvedKeyDate[]; sources: readonly { id: string; flags?: SourceFlags | undefined }[] };

export function qualityOf({ rules, keyDates, sources }: Said): Quality {
  const own = new Map(sources.flatMap(({ id, flags }) => (flags === undefined ? [] : [[id, flagsOf(flags)] as const])));
  return {
    parameters: parametersOf(rules),
    fireworks: keyDates.filter(({ kind }) => kind === 'fireworks').map(({ id, start, end }) => ({ id, start, end })),
    flagsOf: (source) => own.get(source) ?? USUAL_FLAGS, flagSets: flagSetsOf([USUAL_FLAGS, ...own.values()]),
  };
}
