import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { importsOf, lineOf, sources, syntax, walk, type Source } from './setup/code.ts'

/**
 * Who may import whom. The first row whose `files` fits a file holds for it. A target is a path's beginning
 * (`shared/`), a whole file (`server/log.ts`), a package (`npm:zod`), `node:` for Node, `npm:` for any package,
 * or `itself`: the file's own room, which is what `own` of the row finds in its path. `types` may be imported
 * by `import type` only: the types of the parts that are handed in.
 */
type Row = { room: string; files: RegExp; own?: RegExp; may: string[]; types?: string[] }

const databases = ['npm:libsql', 'npm:influx', 'npm:@influxdata/influxdb-client']
const face = ['npm:vue', 'npm:vue-i18n', 'npm:vue-router', 'npm:@vueuse/core']
const anyPart = ['server/']

const table: Row[] = [
  { room: 'shared', files: /^shared\//, may: ['shared/', 'npm:zod', 'npm:date-fns', 'npm:@date-fns/tz', 'npm:tyme4ts'] },
  { room: 'the boot', files: /^server\/boot/, may: ['server/boot/', 'node:', 'npm:esbuild'] },
  { room: 'the composition root and the commands', files: /^server\/(main(\.ts|\/)|commands\/)/, may: ['server/', 'shared/', 'node:', 'npm:'] },
  {
    room: 'a source', files: /^server\/sources\//, own: /^server\/sources\/[^/]+(\/|$)/,
    may: ['shared/', 'itself', 'server/layouts/', 'node:', 'npm:csv-parse', 'npm:iconv-lite', 'npm:mqtt', 'npm:aedes', 'npm:express', 'npm:jsonata', 'npm:socket.io-client'],
    types: ['server/sources/', 'server/clock.ts', 'server/config.ts', 'server/config/', 'server/log.ts', 'server/receive.ts'],
  },
  {
    room: 'a store', files: /^server\/(readings|journal)\//, own: /^server\/[^/]+\//,
    may: ['shared/', 'itself', 'server/built.ts', 'server/sqlite.ts', 'server/thread.ts', 'node:', ...databases],
  },
  { room: 'the layouts of files and feeds', files: /^server\/layouts\//, own: /^server\/layouts\//, may: ['shared/', 'itself', 'node:', 'npm:csv-parse', 'npm:iconv-lite', 'npm:jsonata', 'npm:zod'] },
  { room: 'a file of SQLite', files: /^server\/sqlite\.ts$/, may: ['node:', 'npm:libsql'] },
  { room: 'the path', files: /^server\/(receive|watch)\.ts$/, may: ['shared/'], types: anyPart },
  {
    room: 'the desk', files: /^server\/desk\//, own: /^server\/desk\//,
    may: ['shared/', 'itself', 'server/journal/journal.ts', 'server/access/'], types: ['server/'],
  },
  {
    room: 'the ways out', files: /^server\/(notify|reports)\//, own: /^server\/[^/]+\//,
    may: ['shared/', 'itself', 'server/journal/journal.ts', 'server/sqlite.ts', 'node:', 'npm:docx', 'npm:pdfmake', 'npm:nodemailer', 'npm:exceljs', 'npm:undici'],
    types: ['server/clock.ts', 'server/config.ts', 'server/config/', 'server/log.ts'],
  },
  {
    room: 'a part with a library of its own', files: /^server\/(http|access|screens|clock|config|lock|log)(\/|\.ts$)/,
    own: /^server\/[^/.]+/,
    may: ['shared/', 'itself', 'server/built.ts', 'server/sqlite.ts', 'node:', 'npm:express', 'npm:express-rate-limit', 'npm:helmet', 'npm:zod',
      'npm:pino', 'npm:prom-client', 'npm:@asteasolutions/zod-to-openapi', 'npm:swagger-ui-express', 'npm:socket.io',
      'npm:@node-rs/argon2', 'npm:otpauth', 'npm:openid-client', 'npm:jose', 'npm:yaml', 'npm:csv-parse', 'npm:iconv-lite', 'npm:libsql', 'npm:jsonata'],
    types: anyPart,
  },
  {
    room: 'any other part of the server', files: /^server\//, own: /^server\/[^/]+(\/|$)/,
    may: ['shared/', 'itself', 'server/built.ts', 'server/thread.ts', 'node:', 'npm:zod'], types: anyPart,
  },
  { room: 'a page of the web', files: /^web\/([^/]+|[^/]+\/[A-Z]\w*Page\.vue)$/, may: ['web/', 'shared/', 'npm:'] },
  {
    room: 'a chart', files: /^web\/chart\//, own: /^web\/chart\//,
    may: ['shared/', 'itself', ...face, 'npm:echarts', 'npm:echarts-4-maps'], types: ['web/'],
  },
  {
    room: 'a panel of the web', files: /^web\/[^/]+\//, own: /^web\/[^/]+\//,
    may: ['shared/', 'itself', 'web/chart/', 'web/words', 'web/words/', ...face, 'npm:element-plus', 'npm:@element-plus/icons-vue', 'npm:uqr'], types: ['web/'],
  },
  { room: 'test and bench', files: /^(test|bench)\//, may: ['shared/', 'server/', 'web/', 'test/', 'bench/', 'config/', 'vite.config.ts', 'node:', 'npm:'] },
]

const longest = 250
const bannedNames = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager', 'service', 'types', 'index']
const impure = ['process', 'performance', 'Buffer', 'window', 'document', 'fetch', 'console', 'crypto',
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'globalThis']

function allowed(target: string, may: string[], itself: string | undefined): boolean {
  return may.some((place) => {
    if (place === 'itself') return itself !== undefined && target.startsWith(itself)
    return place.endsWith('/') || place.endsWith(':') ? target.startsWith(place) : target === place || target === `${place}.ts`
  })
}

function strangeImports(source: Source): string[] {
  if (source.file.endsWith('.css')) return []
  const row = table.find(({ files }) => files.test(source.file))
  if (row === undefined) return [`${source.file} is in no room of the table`]
  const itself = row.own?.exec(source.file)?.[0]
  return importsOf(source)
    .filter(({ target, type }) => !allowed(target, row.may, itself) && !(type && allowed(target, row.types ?? [], itself)))
    .map(({ target, type, line }) => `${source.file}:${line} (${row.room}) may not import ${type ? 'even the types of ' : ''}${target}`)
}

function impurity(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) return 'new Date()'
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
  if (ts.isPropertyAccessExpression(node) && ['Date.now', 'Math.random'].includes(node.getText())) return node.getText()
  if (!ts.isIdentifier(node) || !impure.includes(node.text)) return undefined
  const { parent } = node
  const isOnlyAName = (ts.isPropertyAccessExpression(parent) && parent.name === node) || ts.isPropertyAssignment(parent)
    || ts.isPropertySignature(parent) || ts.isBindingElement(parent) || ts.isParameter(parent) || ts.isQualifiedName(parent)
  return isOnlyAName ? undefined : node.text
}

function impurities(source: Source): string[] {
  if (!source.file.startsWith('shared/')) return []
  const found: string[] = []
  walk(syntax(source), (node) => {
    const what = impurity(node)
    if (what !== undefined) found.push(`${source.file}:${lineOf(node)} uses ${what}`)
  })
  return found
}

function looseTypes(source: Source): string[] {
  const found: string[] = []
  walk(syntax(source), (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${source.file}:${lineOf(node)} says any`)
    if (ts.isEnumDeclaration(node)) found.push(`${source.file}:${lineOf(node)} declares an enum`)
  })
  return found
}

function tooLong({ file, text }: Source): string[] {
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines > longest ? [`${file} has ${lines} lines`] : []
}

function badName({ file }: Source): string[] {
  const stem = (file.split('/').at(-1) ?? '').replace(/(\.(d|test|long|config))*\.\w+$/, '')
  const words = stem.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase().split(/[-.]/)
  const shape = file.endsWith('.vue') ? /^[A-Z][A-Za-z0-9]*$/ : /^[a-z0-9]+(-[a-z0-9]+)*$/
  return words.some((word) => bannedNames.includes(word)) || !shape.test(stem) ? [`${file} is no name for a file here`] : []
}

const all = sources()
const offences = (rule: (source: Source) => string[], files = all) => files.flatMap(rule)
const one = (file: string, text: string): Source[] => [{ file, text }]

describe('the house', () => {
  test('each room imports only what the table lets it', () => { expect(offences(strangeImports)).toEqual([]) })
  test('shared knows no clock, no chance and no world outside', () => { expect(offences(impurities)).toEqual([]) })
  test('no type is any and none is an enum', () => { expect(offences(looseTypes)).toEqual([]) })
  test(`no source file is longer than ${longest} lines`, () => { expect(offences(tooLong)).toEqual([]) })
  test('a file is named after what it is about', () => { expect(offences(badName)).toEqual([]) })
})

describe('the fence itself', () => {
  test.each([
    ['a panel opens its own line to the server', 'web/wall/Clock.vue', "<script setup lang='ts'>\nimport { link } from '../link.ts'\n</script>"],
    ['the desk reaches into a store', 'server/desk/acknowledge.ts', "import { open } from '../readings/sqlite.ts'"],
    ['one source uses another', 'server/sources/http.ts', "import { decode } from './hj212/decode.ts'"],
    ['the path takes a part instead of its type', 'server/receive.ts', "import { show } from './screens.ts'"],
    ['the domain takes a transport', 'shared/wire.ts', "import type { Socket } from 'socket.io'"],
    ['the domain reads a file', 'shared/event.ts', "export const text = await import('node:fs')"],
    ['somebody imports a test', 'server/main.ts', "import '../test/setup/code.ts'"],
  ])('refuses that %s', (_, file, text) => { expect(offences(strangeImports, one(file, text))).toHaveLength(1) })

  test('lets a panel know the type of what it is handed', () => {
    expect(offences(strangeImports, one('web/wall/Clock.vue', "<script lang='ts'>\nimport type { Live } from '../live.ts'\n</script>"))).toEqual([])
  })

  test.each(['Date.now()', 'new Date()', 'Math.random()', 'process.env', 'performance.now()', 'setTimeout(f, 1)'])(
    'refuses %s in the domain', (text) => { expect(offences(impurities, one('shared/a.ts', `export const a = ${text}`))).toHaveLength(1) })

  test.each(['const a: any = 1', 'enum Level { I }'])('refuses %s', (text) => { expect(offences(looseTypes, one('web/a.ts', text))).toHaveLength(1) })

  test.each(['shared/utils.ts', 'server/alertManager.ts', 'web/wall/index.ts', 'web/wall/clock.vue', 'server/date-helpers.ts'])(
    'refuses %s as a name', (file) => { expect(offences(badName, one(file, ''))).toHaveLength(1) })
})
