import type { QualityReason } from '../../shared/quality/verdict.ts'

/** What a station's mark says: its value as text, the colour of its class (null: no valid data), whether it is in doubt, and why. */
export type StationShown = { text: string; colour: string | null; suspect: boolean; reasons?: readonly QualityReason[] }
