/** The orders as the desk lists them: what is late first, and which step comes next. */
import { may, type Role } from '../../shared/roles.ts'
import type { OrderStep } from '../../shared/fact.ts'
import { isOpen, isOverdue, ORDER_STEPS } from '../../shared/response.ts'
import type { Order } from '../../shared/situation.ts'

export const GROUPS = ['open', 'overdue', 'issued', 'received', 'started', 'verified', 'returned', 'lifted'] as const
export type Group = (typeof GROUPS)[number]

const URGENCY = ['issued', 'returned', 'received', 'started', 'verified', 'lifted'] as const satisfies readonly Order['state'][]

export const inGroup = (order: Order, group: Group, at: number): boolean =>
  group === 'open' ? isOpen(order) : group === 'overdue' ? isOverdue(order, at) : order.state === group

export const sorted = (orders: readonly Order[], at: number): Order[] => [...orders].sort((a, b) =>
  Number(isOverdue(b, at)) - Number(isOverdue(a, at))
  || URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state)
  || a.due - b.due || a.id.localeCompare(b.id))

/** Since when an order is in the state it is in: a report moves nothing. */
export const stateSince = ({ steps, issuedAt }: Order): number => steps.findLast(({ step }) => step !== 'feedback')?.at ?? issuedAt

/** What each step is called in the address `POST /api/orders/{id}/{move}`. */
export const MOVE = {
  received: 'receive', started: 'start', feedback: 'feedback', verified: 'verify', returned: 'return', lifted: 'lift',
} as const satisfies Record<OrderStep, string>

const NEXT: Partial<Record<Order['state'], OrderStep>> = { issued: 'received', received: 'started', started: 'verified', returned: 'received' }

/** The step that usually comes next, and the others that are allowed. */
export function stepsOf(order: Order): { next: OrderStep | null; others: OrderStep[] } {
  const next = NEXT[order.state] ?? null
  const allowed = Object.keys(ORDER_STEPS[order.state]) as OrderStep[]
  return { next, others: allowed.filter((step) => step !== next) }
}

/** Levels, and what lifts an order of theirs, are a leader's word. The server decides; this only says beforehand what it will say. */
export const mayLevel = (role: Role): boolean => may(role, 'level')

/** Sent back or lifted without a reason, nobody learns from it later. */
export const wantsNote = (step: OrderStep): boolean => step === 'returned' || step === 'lifted' || step === 'feedback'
