import { expect, test } from 'vitest'
import { describeWithInflux } from '../setup/influx.ts'
import { killWays } from './ways-killed.ts'

describeWithInflux('every way in, and both stores', () => {
  test('killed at any moment lose and double nothing that was answered', { timeout: 180_000 }, async () => {
    const account = await killWays(16)
    expect(account).toMatchObject({ kills: 16, databaseKills: 4 })
    expect(Math.min(...Object.values(account.answered))).toBeGreaterThan(0)
  })
})
