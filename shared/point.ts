import type { Alert } from './situation.ts';

type Point = { kind: Alert['kind']; place: string; pollutant: string };
/** What is shelved together: what one rule says of one place and pollutant, whatever the period. */
export const pointOf = ({ kind, place, pollutant }: Point): string => `${kind}|${place}|${pollutant}`;
