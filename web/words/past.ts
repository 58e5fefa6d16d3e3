/** Why a past moment cannot be looked at, as words have it; null: only the server's own say it. `moment`: an instant as a face writes it. */
export function whyNot({ code, at }: { code: string; at: number | null }, moment: (at: number) => string): { key: string; values: { when: string } } | null {
  if (code === 'bad-request') return { key: 'desk.past.format', values: { when: '' } }
  return (code === 'not-yet' || code === 'before-records') && at !== null ? { key: `desk.code.${code}`, values: { when: moment(at) } } : null
}
