/** The response on the wall: levels in force, orders by state, overdue ones by name. */
import type { Ladder, Level } from '../../shared/event.ts'
import { isOpen, isOverdue } from '../../shared/response.ts'
import type { InForce, Order, OrderState, Room } from '../../shared/situation.ts'

/** One level of one ladder since one start, with all areas it holds in. */
export type Force = { key: string; ladder: Ladder | undefined; ladderId: string; level: Level; since: number; areas: string[]; drill: boolean }

const hardness: Record<Level, number> = { I: 0, II: 1, III: 2 }

/** What is in force, the hardest first. */
export function forces(levels: Room['levels'], ladders: readonly Ladder[]): Force[] {
  const groups = new Map<string, InForce[]>()
  for (const each of Object.values(levels)) {
    const key = [each.ladder, each.level, each.since].join('|')
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups].flatMap(([key, list]): Force[] => {
    const [first] = list
    if (first === undefined) return []
    return [{
      key, ladder: ladders.find(({ id }) => id === first.ladder), ladderId: first.ladder, level: first.level, since: first.since,
      areas: list.map(({ area }) => area), drill: list.some(({ drill }) => drill),
    }]
  }).sort((a, b) => hardness[a.level] - hardness[b.level] || a.since - b.since)
}

export const COUNTED = ['issued', 'received', 'started', 'verified', 'returned'] as const satisfies readonly OrderState[]

export type OrderCounts = Record<(typeof COUNTED)[number] | 'overdue', number>

export function orderCounts(orders: Room['orders'], now: number): OrderCounts {
  const counts: OrderCounts = { issued: 0, received: 0, started: 0, verified: 0, returned: 0, overdue: 0 }
  for (const order of Object.values(orders)) {
    if (order.state !== 'lifted') counts[order.state] += 1
    if (isOverdue(order, now)) counts.overdue += 1
  }
  return counts
}

const late = (order: Order, now: number): number => (isOverdue(order, now) ? 0 : order.state === 'verified' ? 2 : 1)

/** Open orders: overdue ones first, the latest of them on top, then by when they are due. */
export const orderList = (orders: Room['orders'], now: number): Order[] =>
  Object.values(orders).filter(isOpen).sort((a, b) => late(a, now) - late(b, now) || a.due - b.due || (a.id < b.id ? -1 : 1))

/** Areas in which a measure has begun and not ended. */
export const areasInForce = (orders: Room['orders']): string[] =>
  [...new Set(Object.values(orders).filter(({ state }) => state === 'started' || state === 'verified').map(({ area }) => area))].sort()
