import { describe, expect, test } from 'vitest'
import { ORDER_MOVES } from '../../server/http/ports.ts'
import { ask, bearer, hour, json, start } from './server.ts'

describe('the state of the server', () => {
  test('is alive before it is ready, and says how far a replay is', async () => {
    let ready = false
    const at = await start({ readiness: () => ({ ready, replay: { done: false, at: hour, percent: 40 } }) })
    expect(await ask(`${at.url}/healthz`)).toMatchObject({ status: 200, body: { ok: true, at: '2022-02-04T20:00:00+08:00' } })
    expect(await ask(`${at.url}/readyz`)).toMatchObject({ status: 503, body: { ready: false } })
    expect(await ask(`${at.url}/api/situation`, { headers: bearer(at.screen) })).toMatchObject({ status: 503, body: { code: 'not-ready' } })
    ready = true
    expect(await ask(`${at.url}/readyz`)).toMatchObject({ status: 200, body: { ready: true, replay: { done: false, at: '2022-02-04T20:00:00+08:00', percent: 40 } } })
  })

  test('is told in figures: readings, facts, what waits, screens, and how late the loop is', async () => {
    const at = await start()
    await ask(`${at.url}/api/readings`, { method: 'POST', headers: { ...json, ...bearer(at.source) }, body: '{"readings":[{}]}' })
    const { body: { text }, status } = await ask(`${at.url}/metrics`)
    expect(status).toBe(200)
    for (const line of ['qingkong_readings 5', 'qingkong_facts 7', 'qingkong_queue 0', 'qingkong_sockets 2', 'qingkong_http_readings_total{outcome="rejected"} 1', 'qingkong_nodejs_eventloop_lag_seconds '])
      expect(text).toContain(line)
  })

  test('is told only to those who have the token, where one is set', async () => {
    const at = await start({ metricsToken: 'for prometheus' })
    expect((await ask(`${at.url}/metrics`)).status).toBe(401)
    expect((await ask(`${at.url}/metrics`, { headers: { Authorization: 'Bearer wrong' } })).status).toBe(401)
    expect((await ask(`${at.url}/metrics`, { headers: { Authorization: 'Bearer for prometheus' } })).status).toBe(200)
  })
})

describe('what goes wrong', () => {
  test('inside is told to nobody outside, and can be found in the log', async () => {
    const logged: object[] = []
    const log = { info: () => undefined, warn: () => undefined, error: (about: object) => { logged.push(about) } }
    const at = await start({ log, alerts: () => Promise.reject(new Error('the secret of /srv/data')) })
    const answer = await ask(`${at.url}/api/alerts`, { headers: bearer(at.screen) })
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(JSON.stringify(answer.body)).not.toContain('secret of')
    expect(logged).toMatchObject([{ id: answer.body['id'], method: 'GET', path: '/api/alerts' }])
  })

  test('is told in the language of whoever reads it', async () => {
    const at = await start()
    const asked = (language: string) => ask(`${at.url}/api/alerts`, { headers: { 'Accept-Language': language } })
    expect((await asked('zh-CN,zh;q=0.9,en;q=0.8')).body['title']).toBe('没有有效的令牌或登录')
    expect((await asked('en-GB,en')).body).toMatchObject({ title: 'No valid token or session', titles: { zh: '没有有效的令牌或登录' }, type: 'urn:qingkong:problem:no-token' })
  })

  test('an address that is not there is a problem too, and one that cannot be read', async () => {
    const at = await start()
    expect(await ask(`${at.url}/api/nothing`)).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(await ask(`${at.url}/nothing`)).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(await ask(`${at.url}/api/alerts/%E0%A4%A`, { headers: bearer(at.screen) })).toMatchObject({ status: 400, body: { code: 'bad-request' } })
    expect(await ask(`${at.url}/api/alerts`, { method: 'PUT', headers: bearer(at.screen) })).toMatchObject({ status: 404 })
  })
})

describe('the description of the API', () => {
  test('is open, and names every route with its bodies', async () => {
    const at = await start()
    const { status, body } = await ask(`${at.url}/api/openapi.json`)
    expect(status).toBe(200)
    const paths = body['paths'] as Record<string, Record<string, { requestBody?: { content: object }; parameters?: { name: string }[] }>>
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/readings', '/api/alerts', '/api/alerts/{id}/acknowledge', ...ORDER_MOVES.map((move) => `/api/orders/{id}/${move}`)]))
    expect(Object.keys(paths['/api/readings']?.['post']?.requestBody?.content ?? {})).toEqual(['application/json', 'text/csv'])
    expect(paths['/api/series']?.['get']?.parameters?.map(({ name }) => name)).toEqual(['place', 'pollutant', 'average', 'from', 'to', 'asKnownAt'])
    expect(JSON.stringify(paths['/api/readings'])).toContain('2022-02-04T19:00:00+08:00')
  })

  test('names no route that is not there', async () => {
    const at = await start()
    const paths = (await ask(`${at.url}/api/openapi.json`)).body['paths'] as Record<string, object>
    for (const [path, methods] of Object.entries(paths)) for (const method of Object.keys(methods)) {
      const answer = await ask(`${at.url}${path.replace('{id}', 'x')}`, { method: method.toUpperCase() })
      expect([path, method, answer.body['code'] === 'not-found']).toEqual([path, method, false])
    }
  })

  test('can be read as a page that fetches nothing from elsewhere', async () => {
    const at = await start()
    expect((await ask(`${at.url}/api/docs`)).headers.get('location')).toBe('/api/docs/')
    const page = await ask(`${at.url}/api/docs/`)
    expect(page.status).toBe(200)
    expect(page.body['text']).not.toMatch(/(src|href)="?https?:/)
    expect(page.body['text']).not.toMatch(/<script>[^<]/)
    const begin = await ask(`${at.url}/api/docs/swagger-ui-init.js`)
    expect(begin.body['text']).toContain('"validatorUrl": null')
    expect(begin.body['text']).toContain('/api/openapi.json')
    expect((await ask(`${at.url}/api/docs/swagger-ui-bundle.js`)).status).toBe(200)
  })
})
