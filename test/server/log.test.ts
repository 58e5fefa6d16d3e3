import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../server/log.ts'

function aPlace(isTTY: boolean): { to: Writable & { isTTY: boolean }; text: () => string } {
  let text = ''
  const to = Object.assign(new Writable({ write: (chunk, _, done) => { text += String(chunk); done() } }), { isTTY })
  return { to, text: () => text }
}

describe('the log', () => {
  test('is one JSON object a line, with its time and level in words', () => {
    const { to, text } = aPlace(false)
    createLog({ to, level: 'info' }).warn({ station: '1001A' }, 'silent')
    expect(JSON.parse(text())).toMatchObject({ level: 'warn', msg: 'silent', station: '1001A', time: expect.stringMatching(/^\d{4}-.*Z$/) as string })
  })

  test('is a line for the eye on a terminal', () => {
    const { to, text } = aPlace(true)
    createLog({ to, level: 'info' }).info({ port: 8080 }, 'listening')
    expect(text()).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}listening \{"port":8080\}\n$/)
  })

  test('holds no secret, whoever writes it down', () => {
    const { to, text } = aPlace(false)
    createLog({ to, level: 'info' }).info({ token: 's1', person: { password: 's2' }, headers: { authorization: 's3', cookie: 's4' } }, 'signed in')
    expect(text()).not.toMatch(/s[1-4]/)
  })

  test('tells as much as it is asked to, and what is usual where that makes no sense', () => {
    const { to, text } = aPlace(false)
    createLog({ to, level: 'error' }).warn({}, 'quiet')
    expect(text()).toBe('')
    createLog({ to, level: 'loud' }).info({}, 'usual')
    expect(text()).toContain('usual')
  })
})
