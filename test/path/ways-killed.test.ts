import { expect, test } from 'vitest'
import { describeWithInflux } from '../setup/influx.ts'
import { killWays } from './ways-killed.ts'

describeWithInflux('every way in, and both stores', () => {
  test('killed at any moment lose and double nothing that was answered', { timeout: 300_000 }, async () => {
    const account = await killWays(12)
    expect(account).toMatchObject({ kills: 12, databaseKills: 3 })
    expect(Math.min(...Object.values(account.answered))).toBeGreaterThan(0)
  })
})
