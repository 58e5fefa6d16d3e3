import { expect, test } from 'vitest'
import { killAgainAndAgain } from './kill.ts'

test('a server killed fifty times over has every reading, acknowledgement and order that it confirmed, each once', { timeout: 1_800_000 }, async () => {
  const account = await killAgainAndAgain(50)
  process.stderr.write(`${JSON.stringify(account)}\n`)
  expect(account.kills).toBe(50)
  expect(Math.min(account.readings, account.acknowledged, account.orders)).toBeGreaterThan(10)
})
