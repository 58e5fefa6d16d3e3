import { expect, test } from 'vitest'
import { start } from './server.ts'
import { alertsOf, post, until } from './talk.ts'

const EVALUATORS = ['1001A', '1003A', '1004A', '1005A', '1006A', '1007A', '1008A', '1009A', '1011A', '1012A']
const ID = 'hour-exceeded:beijing:PM2.5:2022-02-04T19'
const MINUTE = 60_000

test('an alert that a reading raises goes up after five, ten and fifteen minutes, and waits for nothing else to happen', { timeout: 60_000 }, async () => {
  // The hour before ends: nothing else is due until 21:00.
  const server = await start(['--event', 'config/beijing-2022', '--air', 'silent', '--speed', '120', '--now', '2022-02-04T20:12:00+08:00'])
  await post(server, EVALUATORS.map((station) => ({ station, pollutant: 'PM2.5', start: '2022-02-04T19:00:00+08:00', period: 'PT1H', value: 120 })))
  const gone = await until('it has gone up three times', async () => {
    const alert = (await alertsOf(server)).find(({ id }) => id === ID)
    return alert?.escalated.length === 3 ? alert : undefined
  }, 25_000)
  const after = gone.escalated.map(({ at }) => (Date.parse(at) - Date.parse(gone.raisedAt)) / MINUTE)
  expect(gone.escalated.map(({ seat }) => seat)).toEqual(['leader', 'department', 'commander'])
  // A minute of this clock is half a second of the machine's.
  for (const [step, minutes] of [5, 10, 15].entries()) expect(Math.abs((after[step] ?? 0) - minutes), `${String(after[step])} minutes`).toBeLessThan(2)
})
