import { describe, expect, test } from 'vitest'
import type { Language } from '../../shared/channels.ts'
import { type Commanded, commanded } from './commanded.ts'
import { aRoom, type Told, until } from './room.ts'
import { aServer, dingTalk, feishu, mailOf, mailServer, type Robot, weCom } from './services.ts'

/** A channel of its kind: what came out of it, as people read it, and how much of what it takes at most each message was. */
type Out = { channel: object; env: Record<string, string>; texts: () => string[]; sizes: () => number[]; most: number }

function robot(kind: string, { url, secret, texts, asked }: Robot, { most, size }: { most: number; size: (body: string) => number }): Out {
  return { channel: { kind, urlEnv: 'URL', ...(secret === '' ? {} : { secretEnv: 'SECRET' }) }, env: { URL: url, SECRET: secret }, texts: () => texts, sizes: () => asked.map(({ body }) => size(body)), most }
}

/** A gateway that takes 300 characters and refuses more. */
async function gateway(): Promise<Out> {
  const content = (body: string) => (JSON.parse(body) as { content: string }).content
  const { url, asked } = await aServer(({ body }) => ({ body: { code: content(body).length > 300 ? 4 : 0 } }))
  return { channel: { kind: 'sms', url, to: ['13800000001'], accepted: { code: 0 } }, env: {}, texts: () => asked.map(({ body }) => content(body)), sizes: () => asked.map(({ body }) => content(body).length), most: 300 }
}

async function mailbox(): Promise<Out> {
  const { port, mails } = await mailServer()
  const texts = () => mails.map((mail) => { const { subject, text } = mailOf(mail); return `${subject}\n${text}` })
  return { channel: { kind: 'email', host: '127.0.0.1', port, from: 'qingkong@example.org', to: ['duty@example.org'] }, env: {}, texts, sizes: () => mails.map((mail) => Buffer.byteLength(mail)), most: 200_000 }
}

const KINDS: Record<string, () => Promise<Out>> = {
  'e-mail': mailbox, SMS: gateway,
  WeCom: async () => robot('wecom', await weCom(), { most: 2_048, size: (body) => Buffer.byteLength((JSON.parse(body) as { text: { content: string } }).text.content) }),
  Feishu: async () => robot('feishu', await feishu(), { most: 20_000, size: (body) => Buffer.byteLength(body) }),
  DingTalk: async () => robot('dingtalk', await dingTalk(), { most: 20_000, size: (body) => Buffer.byteLength(body) }),
}
const CASES = Object.keys(KINDS).flatMap((kind) => (['zh', 'en'] as const).map((language) => [kind, language] as const))

async function opened(kind: string, language: Language): Promise<{ room: Told; out: Out }> {
  const out = await (KINDS[kind] ?? mailbox)()
  const room = await aRoom({ duty: { channels: [{ id: 'out', language, ...out.channel }], tell: [{ of: ['level'], severities: ['notice', 'warning', 'critical'], by: ['out'] }] }, env: out.env })
  return { room, out }
}

const change = (room: Told, what: Commanded, hours: number): void => { room.happened(...commanded(room.facts, what, hours)) }

/** What each is told, a line of it: that it starts, that it is raised, that it is lifted. */
const SAID: Record<Language, { titles: string[]; lines: string[] }> = {
  zh: {
    titles: ['【提示】响应级别 启动', '【警告】响应级别 提升', '【警告】响应级别 解除'],
    lines: ['市1：启动 III 级响应', '市1：由 III 级响应（02-04 12:00 起，陈刚）提升为 II 级', '市1：解除 II 级响应（02-04 14:00 起，李娜）'],
  },
  en: {
    titles: ['[notice] response level starts', '[warning] response level raised', '[warning] response level lifted'],
    lines: ['city1: response level III starts', 'city1: response level III (since 02-04 12:00, by 陈刚) is raised to II', 'city1: response level II (since 02-04 14:00, by 李娜) is lifted'],
  },
}
const REASON: Record<Language, string> = { zh: '静稳天气持续，预计超限。', en: 'Stagnant air goes on: a day over the limit is expected. ' }

describe.each(CASES)('by %s, in %s,', (kind, language) => {
  test('a response level is told as it starts, is raised and is lifted; the lifting says which level it lifts, since when it was in force and by whom', async () => {
    const { room, out } = await opened(kind, language)
    change(room, { level: 'III', areas: ['city1'], by: '陈刚' }, 0)
    await until(() => out.texts().length === 1)
    change(room, { level: 'II', areas: ['city1'], by: '李娜' }, 2)
    await until(() => out.texts().length === 2)
    change(room, { level: null, areas: ['city1'], by: '陈刚' }, 5)
    await until(() => out.texts().length === 3)
    const { titles, lines } = SAID[language]
    expect(out.texts().map((text, n) => [text.startsWith(titles[n] ?? '?'), text.includes(lines[n] ?? '?')])).toEqual([[true, true], [true, true], [true, true]])
    await until(() => room.state().queued === 0)
    expect(room.state().channels).toMatchObject([{ id: 'out', state: 'fine' }])
  })

  test('a lifting in very many areas at once, with a long reason, comes whole, in pieces of which none is more than the channel takes', async () => {
    const { room, out } = await opened(kind, language)
    const areas = Array.from({ length: 40 }, (_, n) => `city${n + 100}`)
    areas.forEach((area, n) => { change(room, { level: 'III', areas: [area], by: `值班员${n}` }, n / 60) })
    change(room, { level: null, areas, by: '陈刚', reason: REASON[language].repeat(Math.ceil(1_500 / REASON[language].length)) }, 5)
    await until(() => room.state().queued === 0, 20)
    const { state, channels } = { state: room.state().messages.map((each) => each.state), channels: room.state().channels }
    expect([new Set(state), channels[0]?.state, Math.max(...out.sizes()) <= out.most]).toEqual([new Set(['delivered']), 'fine', true])
    const all = out.texts().join('\n')
    const lifted = areas.filter((area, n) => all.includes(language === 'zh' ? `市${area.slice(4)}：解除 III 级响应（02-04 12:${String(n).padStart(2, '0')} 起，值班员${n}）` : `${area}: response level III (since 02-04 12:${String(n).padStart(2, '0')}, by 值班员${n}) is lifted`))
    expect(lifted).toEqual(areas)
  })
})
