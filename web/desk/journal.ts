/** Which facts the journal shows: by kind, and by any word that stands in how they are told. */
import type { Fact, FactKind } from '../../shared/fact.ts'

export const JOURNAL_GROUPS = ['all', 'alerts', 'response', 'people', 'access', 'data'] as const
export type JournalGroup = (typeof JOURNAL_GROUPS)[number]

const RESPONSE: readonly FactKind[] = ['level-changed', 'order-issued', 'order-moved']
const PEOPLE: readonly FactKind[] = ['handover-offered', 'handover-signed', 'call-owed', 'call-made', 'station-out-of-service', 'station-in-service', 'alert-escalated', 'alert-told', 'alert-commented', 'alert-handled', 'alert-acknowledged', 'alert-shelved', 'alert-unshelved', 'readings-reviewed', 'command-voided']

function inGroup(fact: Fact, group: JournalGroup): boolean {
  switch (group) {
    case 'all': return true
    case 'alerts': return fact.kind.startsWith('alert-')
    case 'response': return RESPONSE.includes(fact.kind)
    case 'access': return fact.kind === 'account-changed' || fact.kind === 'token-changed' || fact.kind === 'access-stands' || fact.kind === 'withheld'
    case 'people': return PEOPLE.includes(fact.kind) || fact.actor.startsWith('person:')
    case 'data': return fact.kind.startsWith('readings-') || fact.kind === 'data-notice' || fact.kind === 'journal-opened'
  }
}

type Wanted = { group: JournalGroup; words: string; said: (fact: Fact) => string }

/** Every word has to stand somewhere, in whatever case. */
export function journalled(facts: readonly Fact[], { group, words, said }: Wanted): Fact[] {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return facts.filter((fact) => {
    if (!inGroup(fact, group)) return false
    if (wanted.length === 0) return true
    const text = said(fact).toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
