import { expect, test } from 'vitest'
import { DutyFile } from '../../shared/duty.ts'
import type { Config } from '../../server/config.ts'
import type { House } from '../../server/main/house.ts'
import { openTelling } from '../../server/main/telling.ts'

const hook = (id: string, airs: string[]) => ({ id, kind: 'webhook', url: 'http://127.0.0.1:9/', airs })

test('a start says which channels nobody is told by under its air, as live and simulated ones under silent air', async () => {
  const logged: unknown[] = []
  const log = { info: (about: unknown) => { logged.push(about) }, warn: () => undefined, error: () => undefined }
  const start = (air: House['air'], channels: object[]) => openTelling({ config: { duty: DutyFile.parse({ channels }) } as Config, house: { air } as House, dir: '', log, env: {}, tell: 'all' })
  await start('silent', [hook('wecom', ['live', 'simulated']), hook('mail', ['live'])])
  expect(logged).toEqual([{ air: 'silent', unused: [{ id: 'wecom', airs: ['live', 'simulated'] }, { id: 'mail', airs: ['live'] }] }])
  await start('silent', [])
  expect(logged).toHaveLength(1)
})
