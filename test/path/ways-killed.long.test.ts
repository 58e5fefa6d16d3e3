import { expect, test } from 'vitest'
import { describeWithInflux } from '../setup/influx.ts'
import { killWays } from './ways-killed.ts'

describeWithInflux('every way in, and both stores', () => {
  test('killed a thousand times over lose and double nothing that was answered', { timeout: 7_200_000 }, async () => {
    let kills = 0
    // A folder of its own for each fifty: six days of five minutes are soon full.
    for (let i = 0; i < 20; i += 1) {
      const account = await killWays(50)
      kills += account.kills
      process.stderr.write(`${JSON.stringify({ ...account, kills })}\n`)
    }
    expect(kills).toBe(1_000)
  })
})
