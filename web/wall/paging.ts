/** What does not fit pages by itself; what is pinned is on every page. */
export type Page<T> = { shown: T[]; page: number; pages: number }

/** The page of a turn: `pinned` first, then as many of `rest` as still fit; turns go round, and the last page is as full as the others. */
export function pageOf<T>(lists: { pinned: readonly T[]; rest: readonly T[] }, room: number, turn: number): Page<T> {
  const space = Math.max(1, room)
  const pinned = lists.pinned.slice(0, space)
  const free = Math.max(space - pinned.length, lists.pinned.length < space ? 1 : 0)
  if (lists.rest.length <= free || free === 0) return { shown: [...pinned, ...lists.rest.slice(0, free)], page: 1, pages: 1 }
  const pages = Math.ceil(lists.rest.length / free)
  const page = turn % pages
  const from = Math.min(page * free, lists.rest.length - free)
  return { shown: [...pinned, ...lists.rest.slice(from, from + free)], page: page + 1, pages }
}
