/** Labels along a line: each as near to its place as the others allow, in order, none over another. */

/** `at`: where its middle would best be; `size`: how much of the line it takes. */
export type Wish = { at: number; size: number }
type Group = { from: number; size: number; members: number[] }

/** The middles of labels between `from` and `to`, in the order they were given; where they do not fit, they begin at `from`. */
export function spread(wishes: readonly Wish[], from: number, to: number): number[] {
  const sorted = wishes.map((wish, index) => ({ ...wish, index })).sort((a, b) => a.at - b.at || a.index - b.index)
  const within = (group: Group): Group => ({ ...group, from: Math.max(from, Math.min(group.from, to - group.size)) })
  const groups: Group[] = []
  for (const { at, size, index } of sorted) {
    let group = within({ from: at - size / 2, size, members: [index] })
    for (let before = groups.at(-1); before !== undefined && before.from + before.size > group.from; before = groups.at(-1)) {
      groups.pop()
      group = within(joined(before, group))
    }
    groups.push(group)
  }
  return settled(groups, wishes)
}

/** Two that touch stand as one, in the middle between where each would stand. */
function joined(a: Group, b: Group): Group {
  const size = a.size + b.size
  const middle = ((a.from + a.size / 2) * a.members.length + (b.from + b.size / 2) * b.members.length) / (a.members.length + b.members.length)
  return { from: middle - size / 2, size, members: [...a.members, ...b.members] }
}

function settled(groups: readonly Group[], wishes: readonly Wish[]): number[] {
  const middles = wishes.map(() => 0)
  for (const group of groups) {
    let at = group.from
    for (const member of group.members) {
      const size = wishes[member]?.size ?? 0
      middles[member] = at + size / 2
      at += size
    }
  }
  return middles
}
