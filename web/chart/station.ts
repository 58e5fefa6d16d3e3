/** What a station's mark says: its value as text, the colour of its class (null: no valid data), and whether it is in doubt. */
export type StationShown = { text: string; colour: string | null; suspect: boolean }
