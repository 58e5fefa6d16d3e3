/** Devices of HJ 212 on a real line: what they send, and what they are answered. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { frameOf } from '../../shared/hj212/frame.ts'
import { Framer } from '../../server/sources/hj212/framer.ts'

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => { server.close(resolve) })
  return port
}

export type Upload = { mn: string; time: string; area: string; cn?: string; qn?: string; pw?: string; flag?: number }
export const upload = ({ mn, time, area, cn = '2051', qn = `${time}001`, pw = '123456', flag = 5 }: Upload): Buffer =>
  Buffer.from(frameOf(`QN=${qn};ST=22;CN=${cn};PW=${pw};MN=${mn};Flag=${flag};CP=&&${area === '' ? '' : `DataTime=${time};${area}`}&&`))

/** A connection of a device, with everything that it was told. */
export class Device {
  readonly told: string[] = []
  readonly socket: Socket
  private readonly framer = new Framer()

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => { for (const piece of this.framer.push(chunk)) if (piece.ok) this.told.push(piece.segment.toString()) })
    onTestFinished(() => { socket.destroy() })
  }

  static async at(port: number): Promise<Device> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => { socket.once('connect', resolve).once('error', reject) })
    return new Device(socket)
  }

  send(bytes: Uint8Array): void { this.socket.write(bytes) }

  /** What it was told of one command, once there are so many; null where there are not within the time. */
  async hears(cn: string, count = 1, within = 5_000): Promise<string[] | null> {
    const until = Date.now() + within
    for (;;) {
      const found = this.told.filter((segment) => segment.includes(`;CN=${cn};`))
      if (found.length >= count) return found
      if (Date.now() > until) return null
      await sleep(10)
    }
  }
}
