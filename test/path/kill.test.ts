import { expect, test } from 'vitest'
import { killAgainAndAgain } from './kill.ts'

test('a server killed at any moment has every reading, acknowledgement and order that it confirmed, each once', { timeout: 180_000 }, async () => {
  const account = await killAgainAndAgain(4)
  expect(account.kills).toBe(4)
  expect(Math.min(account.readings, account.acknowledged, account.orders)).toBeGreaterThan(0)
})
