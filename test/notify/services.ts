/** Services outside as they behave: robots with their limits and codes, an SMS gateway, a webhook, each on a port of its own. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'

export type Asked = { url: URL; headers: IncomingMessage['headers']; body: string }
/** `after`: it answers no sooner. */
type Answer = { status?: number; body?: object | string; headers?: Record<string, string>; hang?: boolean; after?: Promise<unknown> }

/** A server that answers as `answer` says, and remembers what it was asked. */
export async function aServer(answer: (asked: Asked, n: number) => Answer): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => { chunks.push(chunk) })
    req.on('end', () => {
      const one = { url: new URL(req.url ?? '/', 'http://127.0.0.1'), headers: req.headers, body: Buffer.concat(chunks).toString() }
      asked.push(one)
      const { status = 200, body = '', headers = {}, hang = false, after } = answer(one, asked.length)
      if (hang) { req.socket.destroy(); return }
      const end = (): void => {
        res.writeHead(status, { 'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers })
        res.end(typeof body === 'string' ? body : JSON.stringify(body))
      }
      if (after === undefined) end()
      else void after.then(end)
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => { resolve() }) }))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const SECRET = 'SEC-of-a-test'
/** At most twenty requests within a minute, then the service's own refusal for as long as it goes on. */
function limited(perMinute: number): () => boolean {
  const taken: number[] = []
  return () => {
    const now = Date.now()
    while ((taken[0] ?? now) < now - 60_000) taken.shift()
    if (taken.length >= perMinute) return false
    taken.push(now)
    return true
  }
}

export type Robot = { url: string; secret: string; asked: Asked[]; texts: string[]; refused: () => number }

/** DingTalk: signed in the address; 310000 where it is not, 130101 past twenty a minute, 200 always. */
export async function dingTalk(perMinute = 20): Promise<Robot> {
  const texts: string[] = []
  let refused = 0
  const free = limited(perMinute)
  const { url, asked } = await aServer(({ url: at, body }) => {
    const [timestamp, sign] = [at.searchParams.get('timestamp') ?? '', at.searchParams.get('sign') ?? '']
    const right = createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`).digest('base64')
    if (sign !== right || Math.abs(Number(timestamp) - Date.now()) > 3_600_000) return { body: { errcode: 310000, errmsg: 'sign not match' } }
    const said = JSON.parse(body) as { msgtype: string; text: { content: string } }
    if (Buffer.byteLength(body) > 20_000) return { body: { errcode: 460101, errmsg: 'message too long, exceed 20000 bytes' } }
    if (!free()) { refused += 1; return { body: { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' } } }
    texts.push(said.text.content)
    return { body: { errcode: 0, errmsg: 'ok' } }
  })
  return { url: `${url}/robot/send?access_token=t`, secret: SECRET, asked, texts, refused: () => refused }
}

/** WeCom: a text has at most 2048 bytes (40058), twenty a minute (45009). */
export async function weCom(): Promise<Robot> {
  const texts: string[] = []
  let refused = 0
  const free = limited(20)
  const { url, asked } = await aServer(({ body }) => {
    const said = JSON.parse(body) as { text: { content: string } }
    if (Buffer.byteLength(said.text.content) > 2_048) { refused += 1; return { body: { errcode: 40058, errmsg: 'text.content exceed max length 2048' } } }
    if (!free()) { refused += 1; return { body: { errcode: 45009, errmsg: 'api freq out of limit' } } }
    texts.push(said.text.content)
    return { body: { errcode: 0, errmsg: 'ok' } }
  })
  return { url: `${url}/cgi-bin/webhook/send?key=k`, secret: '', asked, texts, refused: () => refused }
}

/** Feishu: signed in the body (19021 where not), of at most 20 KB, its code is `code`. */
export async function feishu(): Promise<Robot> {
  const texts: string[] = []
  const { url, asked } = await aServer(({ body }) => {
    const { timestamp, sign, content } = JSON.parse(body) as { timestamp: string; sign: string; content: { text: string } }
    if (sign !== createHmac('sha256', `${timestamp}\n${SECRET}`).update('').digest('base64')) return { body: { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time', data: {} } }
    if (Buffer.byteLength(body) > 20 * 1024) return { body: { code: 11246, msg: 'request body too large' } }
    texts.push(content.text)
    return { body: { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success' } }
  })
  return { url: `${url}/open-apis/bot/v2/hook/x`, secret: SECRET, asked, texts, refused: () => 0 }
}

/** An SMTP server that knows nobody whose name begins with "gone"; it can be down for a while, under the same port. */
export async function mailServer() {
  const mails: string[] = []
  let [sessions, port] = [0, 0]
  const listening = async () => {
    const server = new SMTPServer({
      authOptional: true, disabledCommands: ['STARTTLS'],
      onConnect: (_session, done) => { sessions += 1; done() },
      onRcptTo: (address, _session, done) => { if (address.address.startsWith('gone')) done(Object.assign(new Error('no such user'), { responseCode: 550 })); else done() },
      onData: (stream, _session, done) => { const chunks: Buffer[] = []; stream.on('data', (chunk: Buffer) => { chunks.push(chunk) }); stream.on('end', () => { mails.push(Buffer.concat(chunks).toString()); done() }) },
    })
    await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve) })
    port = (server.server.address() as AddressInfo).port
    return server
  }
  let server: SMTPServer | null = await listening()
  const down = async () => { const was = server; server = null; await new Promise<void>((resolve) => { if (was === null) resolve(); else was.close(() => { resolve() }) }) }
  onTestFinished(down)
  return { mails, port, sessions: () => sessions, down, up: async () => { server ??= await listening() } }
}

/** Base64, or quoted-printable. */
const bytesOf = (text: string, how: string): Buffer => (/^b/i.test(how) ? Buffer.from(text, 'base64')
  : Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1'))

/** A mail as people read it. */
export function mailOf(mail: string): { subject: string; text: string } {
  const [folded = '', ...rest] = mail.split('\r\n\r\n')
  const [head, body] = [folded.replace(/\r\n[ \t]+/g, ' '), rest.join('\r\n\r\n')]
  const subject = /^Subject: (.*)$/m.exec(head)?.[1] ?? ''
  const how = /^Content-Transfer-Encoding: (base64|quoted-printable)/mi.exec(head)?.[1]
  return {
    subject: subject.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=\s*/gi, (_, code: string, text: string) => bytesOf(text.replaceAll('_', ' '), code).toString()),
    text: how === undefined ? body : bytesOf(body, how).toString(),
  }
}
