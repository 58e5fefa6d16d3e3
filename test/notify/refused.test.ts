import { expect, onTestFinished, test } from 'vitest'
import { Channel } from '../../shared/channels.ts'
import { type Box, openBox } from '../../server/notify/box.ts'
import { Sender } from '../../server/notify/sender.ts'
import { emptyFolder } from '../setup/folder.ts'
import { until } from './room.ts'

/** A box whose disk refuses when it is told to. */
function aBox(): Box & { refuse: (is: boolean) => void } {
  const box = openBox(emptyFolder())
  onTestFinished(() => { box.close() })
  let refuses = false
  return { ...box, refuse: (is) => { refuses = is }, together: <T>(work: () => T): T => { if (refuses) throw new Error('database or disk is full'); return box.together(work) } }
}

test('a disk that refuses while a message is on its way makes it be sent once all the same, and brings nothing down', async () => {
  const box = aBox()
  const said = { title: 't', text: 'x' }
  box.put({ id: 'm', channel: 'hook', fact: 'f', seq: 1, what: 'raised', alert: 'a', occurrence: 1, drill: false, created: 0, said: { zh: said, en: said }, payload: {}, to: [], rest: [], attempts: 0 })
  const [sent, settled]: [string[], string[]] = [[], []]
  const sender = new Sender({
    channel: Channel.parse({ id: 'hook', kind: 'webhook', url: 'http://127.0.0.1:1' }), box, now: Date.now, settled: (messages) => { settled.push(...messages.map(({ id }) => id)) },
    way: { send: ({ key }) => { sent.push(key); box.refuse(true); return Promise.resolve({ ok: true, ref: null }) } },
  })
  await until(() => sent.length > 0)
  await new Promise((resolve) => { setTimeout(resolve, 1_500) })
  expect([sent, settled]).toEqual([['m'], []])
  box.refuse(false)
  await until(() => settled.length > 0)
  await sender.stop()
  expect([sent, settled, box.queued()]).toEqual([['m'], ['m'], 0])
})
