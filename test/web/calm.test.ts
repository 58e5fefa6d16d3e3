import { describe, expect, test } from 'vitest'
import { nearestOf, verdictOf } from '../../web/wall/calm.ts'
import { signsOf, worstOf } from '../../web/wall/legend.ts'
import { UNCLASSED } from '../../web/wall/matters.ts'
import { air, cells, cityCell, given, header, NOW } from './fixture/air.ts'
import { event } from './fixture/event.ts'

describe('a wall without alerts', () => {
  test('says that there are none only where there is fresh air to judge', () => {
    expect(verdictOf(header, false)).toBe('none')
    expect(verdictOf(header, true)).toBe('noData')
    expect(verdictOf({ ...header, evaluating: true }, false)).toBe('evaluating')
    expect(verdictOf(null, false)).toBe('evaluating')
  })

  test('names the city whose day is nearest to its limit, never one whose figures are old', () => {
    expect(nearestOf(event, air, NOW)).toMatchObject({ city: { id: 'baoding' }, pollutant: 'PM2.5', mean: 94, limit: 75 })
    const old = cells([header, cityCell({ ...given[3]!, freshest: NOW - 5 * 3_600_000 }), cityCell(given[0]!)])
    expect(nearestOf(event, old, NOW)).toMatchObject({ city: { id: 'beijing' }, mean: 68 })
    expect(nearestOf(event, {}, NOW)).toBeNull()
  })
})

describe('the legend of the map', () => {
  const valid = { id: '1001A', text: '40', colour: '#ffff00', suspect: false }
  const places = { areas: [], stations: event.stations }

  test('speaks of no sign that is not on the map', () => { expect(signsOf(places, { seen: [valid], hatched: [], alarms: {} })).toEqual([]) })

  test('speaks of each sign that is: no data, not evaluated, in doubt, measures, hosts, venues, alarms', () => {
    const seen = [{ ...valid, colour: null }, { ...valid, id: 'V001' }, { ...valid, suspect: true }]
    expect(signsOf(event, { seen, hatched: ['changping'], alarms: { beijing: 'warning' } })).toEqual(['hollow', 'small', 'suspect', 'hatched', 'host', 'venue', 'alarm'])
  })

  test('says that values stand without classes where the standard has none', () => {
    expect(signsOf(places, { seen: [{ ...valid, colour: UNCLASSED }], hatched: [], alarms: {} })).toEqual(['unclassed'])
  })

  test('does not speak of measures in an area that has no outline to hatch', () => {
    expect(signsOf({ ...places, areas: [{ id: 'plant', name: { zh: '厂', en: 'plant' }, kind: 'zone', parent: 'beijing' }] }, { seen: [], hatched: ['plant'], alarms: {} })).not.toContain('hatched')
  })

  test('shows the shape of the worst alarm', () => {
    expect([worstOf({ beijing: 'warning', baoding: 'critical' }), worstOf({ beijing: 'warning' }), worstOf({ beijing: 'notice' })]).toEqual(['critical', 'warning', 'notice'])
  })
})
