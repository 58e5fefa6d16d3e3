import { expect, test } from 'vitest'
import { createBoard } from '../../server/board.ts'
import { average } from '../../shared/turn.ts'
import { eventOf, Timeline } from '../timeline/timeline.ts'

test('a pollutant that is averaged for the AQI alone is on no screen', () => {
  const at = new Timeline({ event: eventOf([{ max: 75 }], { aqi: true }), stations: [{ id: 'A' }], from: '2022-03-08 12:30' })
  const board = createBoard({
    bench: at.bench, now: () => at.now, classify: () => null, send: () => undefined, watched: () => true,
    state: () => ({ durable: true, evaluating: false, clock: 'running', replay: null }),
  })
  const cities = (): string[] => Object.keys(board.cells().air).filter((key) => /^(city|timeline):/.test(key))
  expect(cities()).toEqual(['city:beijing:PM2.5', 'timeline:beijing:PM2.5'])
  board.moved(average(at.bench, [...at.hour('2022-03-08 11:00', { A: 30 }), ...at.hour('2022-03-08 11:00', { A: 40 }, 'NO2')], { at: at.now, source: 't' }))
  board.passed({ drafts: [], airs: at.bench.ledger.airs, stations: [] } as unknown as Parameters<typeof board.passed>[0])
  expect(cities()).toEqual(['city:beijing:PM2.5', 'timeline:beijing:PM2.5'])
  board.stop()
})
