import { expect, test } from 'vitest'
import { aRoom, raised, until } from './room.ts'
import { aServer, dingTalk, mailServer } from './services.ts'

test('script in a place\'s name, and quotes, line breaks and braces in it, reach a webhook, a robot, a gateway and a mail as the text they are', async () => {
  const name = '<script>alert(1)</script>"\\ {to}\nBcc: all@example.org'
  const [hook, gateway, robot, mail] = [await aServer(() => ({})), await aServer(() => ({ body: { code: 0 } })), await dingTalk(), await mailServer()]
  const room = await aRoom({
    duty: {
      channels: [
        { id: 'hook', kind: 'webhook', url: hook.url }, { id: 'group', kind: 'dingtalk', urlEnv: 'GROUP_URL', secretEnv: 'GROUP_SECRET' }, { id: 'mail', kind: 'email', host: '127.0.0.1', port: mail.port, from: 'qingkong@example.org', to: ['duty@example.org'] },
        { id: 'sms', kind: 'sms', url: gateway.url, to: ['13800000001'], body: '{"mobile":"{to}","content":"{text}"}', accepted: { code: 0 } },
      ], tell: [{ by: ['hook', 'group', 'mail', 'sms'] }],
    }, env: { GROUP_URL: robot.url, GROUP_SECRET: robot.secret },
  })
  room.happened(raised(1, { place: `city${name}` }))
  await until(() => room.receipts().length === 4)
  expect(room.receipts().filter((line) => !line.endsWith('delivered'))).toEqual([])
  expect(JSON.parse(hook.asked[0]?.body ?? '')).toMatchObject({ alert: { place: `city${name}` } })
  expect(robot.texts[0]).toContain(`市${name} 小时均值超标`)
  expect(JSON.parse(gateway.asked[0]?.body ?? '')).toMatchObject({ mobile: '13800000001', content: expect.stringContaining(`市${name}`) as string })
  const [head = '', body = ''] = mail.mails[0]?.split('\r\n\r\n') ?? []
  expect([/^Bcc:/im.test(head), /^Content-Type: text\/plain/im.test(head), body.length > 0]).toEqual([false, true, true])
})
