import { expect, test } from 'vitest'
import { inRows, rowsOf } from '../../web/desk/flood.ts'
import { alert } from './fixture/room.ts'

const silent = (n: number, more: object = {}) => alert({ id: `silent:S${n}`, kind: 'silent', place: `S${n}`, ...more })
const list = [alert({ id: 'day', kind: 'day-locked', place: 'baoding' }), ...[1, 2, 3, 4].map((n) => silent(n)), silent(5, { state: 'acknowledged' })]
const cityOf = (place: string) => (place.startsWith('S') ? 'beijing' : place)
const shape = (flood: boolean) => rowsOf(list, { flood, cityOf }).map(({ alerts }) => alerts.map(({ id }) => id))

test('one by one, until there is a flood', () => { expect(shape(false)).toEqual(list.map(({ id }) => [id])) })
test('in a flood those of one city and rule are one row, in their order, and none is dropped', () => {
  expect(shape(true)).toEqual([['day'], ['silent:S1', 'silent:S2', 'silent:S3', 'silent:S4'], ['silent:S5']])
  expect(shape(true).flat().sort()).toEqual(list.map(({ id }) => id).sort())
})
test('what is not grouped stays where it stands, and the next alert is the one below', () => {
  const two = [silent(1), alert({ id: 'day', kind: 'day-locked', place: 'baoding' }), silent(2)]
  expect(rowsOf(two, { flood: true, cityOf }).map(({ key }) => key)).toEqual(['silent:S1', 'day', 'silent:S2'])
  const mixed = [silent(1), ...two.slice(1), silent(3)]
  expect(inRows(mixed, { flood: true, cityOf }).map(({ id }) => id)).toEqual(['silent:S1', 'silent:S2', 'silent:S3', 'day'])
})
