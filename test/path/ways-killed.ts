/**
 * Every way in at once, and the far store beside the embedded one, while the server (and now and then the database) is killed
 * at any moment. A sender believes only what it was answered, and sends again what it was not, as real ones do.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { openInflux1 } from '../../server/readings/influx1.ts'
import { stamp } from '../../shared/hj212/frame.ts'
import { civilOf, MINUTE } from '../../shared/time.ts'
import { all } from '../readings/contract.ts'
import { type Influxd, influxd } from '../setup/influx.ts'
import { Device, freePort, upload } from './devices.ts'
import { dataFolder, run, type Running, start } from './server.ts'
import { ask, post, see, until } from './talk.ts'

const civil = civilOf('Asia/Shanghai')
const FROM = civil.at('2022-02-04')
const FIVE = 5 * MINUTE
const QUANTITIES = [['PM2.5', 'a34004'], ['PM10', 'a34002'], ['SO2', 'a21026'], ['NO2', 'a21004'], ['O3', 'a05024'], ['CO', 'a21005']] as const
/** Five-minute periods of six days, of each of six quantities. */
const SLOTS = 6 * 288

/** The n-th reading of a station: its place and its value, which is no other's. */
const nth = (n: number) => {
  const [pollutant, code] = QUANTITIES[Math.floor(n / SLOTS)] ?? QUANTITIES[0]
  return { pollutant, code, start: FROM + (n % SLOTS) * FIVE, value: 1 + (n % 400) / 10 }
}

type Way = { station: string; send: (from: number, count: number) => Promise<boolean> }
export type Account = { kills: number; databaseKills: number; answered: Record<string, number> }

function ways(server: Running, port: number, token: string): Way[] {
  const http = async (from: number, count: number): Promise<boolean> => {
    const answer = await post(server, Array.from({ length: count }, (_, i) => {
      const { pollutant, start: at, value } = nth(from + i)
      return { station: 'H1', pollutant, start: civil.iso(at), period: 'PT5M', value }
    }))
    return answer.status === 200 && answer.body.rejected.length === 0
  }
  const lines = async (from: number, count: number): Promise<boolean> => {
    const body = Array.from({ length: count }, (_, i) => {
      const { pollutant, start: at, value } = nth(from + i)
      return `${pollutant},station=G1 value=${value} ${at / 1000}`
    }).join('\n')
    return (await ask(`${server.url}/api/v2/write?precision=s`, { method: 'POST', body, headers: { authorization: `Token ${token}` } })).status === 204
  }
  const device = Device.at(port)
  const frames = async (from: number, count: number): Promise<boolean> => {
    const line = await device
    const before = line.told.length
    for (let i = 0; i < count; i += 1) {
      const { code, start: at, value } = nth(from + i)
      line.send(upload({ mn: 'A110000000000000000000B1', time: stamp(civil, at), qn: `20220210120000${String(i).padStart(3, '0')}`, area: `${code}-Avg=${value},${code}-Flag=N` }))
    }
    for (let i = 0; i < 100 && !line.socket.destroyed; i += 1) {
      if (line.told.slice(before).filter((told) => told.includes('CN=9014')).length >= count) return true
      await sleep(10)
    }
    return false
  }
  return [{ station: 'H1', send: http }, { station: 'G1', send: lines }, { station: 'T1', send: frames }]
}

/** Sends on from where each way was answered, until the server is gone. */
async function work(all: readonly Way[], answered: Record<string, number>, gone: { yet: boolean }): Promise<void> {
  await Promise.all(all.map(async ({ station, send }) => {
    while (!gone.yet && (answered[station] ?? 0) < SLOTS * QUANTITIES.length - 40) {
      const count = 1 + Math.floor(Math.random() * 30)
      if (await send(answered[station] ?? 0, count).catch(() => false)) answered[station] = (answered[station] ?? 0) + count
      else await sleep(5)
    }
  }))
}

/** Of each station everything that was answered, with its value, once and at its first revision. */
async function hold(server: Running, answered: Record<string, number>): Promise<void> {
  for (const [station, count] of Object.entries(answered)) for (const [i, [pollutant]] of QUANTITIES.entries()) {
    const those = Math.max(0, Math.min(SLOTS, count - i * SLOTS))
    if (those === 0) continue
    const { body } = await see<{ points: { start: string; value: number | null; revision: number }[] }>(server,
      `/api/series?place=station:${station}&pollutant=${pollutant}&average=raw&from=${encodeURIComponent(civil.iso(FROM))}&to=${encodeURIComponent(civil.iso(FROM + those * FIVE))}`)
    expect(body.points.map(({ start: at, value, revision }) => `${at} ${value} ${revision}`))
      .toEqual(Array.from({ length: those }, (_, n) => nth(i * SLOTS + n)).map(({ start: at, value }) => `${civil.iso(at)} ${value} 1`))
  }
}

async function holdFar(far: Influxd, answered: Record<string, number>): Promise<void> {
  const opened = await openInflux1({ url: far.url, database: 'ways' })
  if (!opened.ok) throw new Error(opened.reason)
  const found = await all(opened.store, FROM, FROM + SLOTS * FIVE)
  expect(new Set(found.map(({ station, pollutant, start: at }) => `${station} ${pollutant} ${at}`)).size).toBe(found.length)
  const there = new Map(found.map((each) => [`${each.station} ${each.pollutant} ${each.start}`, each]))
  for (const [station, count] of Object.entries(answered)) for (let n = 0; n < count; n += 1) {
    const { pollutant, start: at, value } = nth(n)
    expect(there.get(`${station} ${pollutant} ${at}`), `${station} ${pollutant} ${civil.iso(at)}`).toMatchObject({ value: Math.round(value * 1e6), revision: 1 })
  }
}

export async function killWays(rounds: number): Promise<Account> {
  const [dir, far, port] = [dataFolder(), await influxd(), await freePort()]
  Object.assign(process.env, { TOWERS_PW: '123456', INFLUX_URL: far.url, INFLUX_DATABASE: 'ways' })
  const args = ['--event', 'test/events/tongues', '--air', 'silent', '--speed', '1', '--hj212-port', String(port), '--store', 'influx1']
  const account: Account = { kills: 0, databaseKills: 0, answered: { H1: 0, G1: 0, T1: 0 } }
  let [token, away] = ['', false]
  for (let round = 0; round <= rounds; round += 1) {
    const server = await start([...args, ...(round === 0 ? ['--now', '2022-02-10T12:00:00+08:00'] : [])], dir)
    if (round === 0) token = /qks_[\w-]+/.exec((await run('token', 'add', '--source', 'telegraf', '--data', dir, '--event', 'test/events/tongues')).out)?.[0] ?? ''
    await hold(server, account.answered)
    if (round === rounds) {
      if (away) await far.start()
      await until('all is shipped', async () => (await see<{ shipping: { owed: number; failing: string | null } | null }>(server, '/api/sources')).body.shipping?.owed === 0, 60_000)
      await holdFar(far, account.answered)
      await server.stop()
      break
    }
    const gone = { yet: false }
    void server.ended.then(() => { gone.yet = true })
    const working = work(ways(server, port, token), account.answered, gone)
    await sleep(100 + Math.random() * 700)
    if (round % 4 === 1) { await far.kill(); away = true; account.databaseKills += 1 }
    await server.kill()
    account.kills += 1
    await working
    if (round % 4 === 3) { await far.start(); away = false }
  }
  return account
}
