import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { locked } from './lock.mjs'
import { inProject, patiently, program, say } from './say.mjs'

const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '')
const slashed = (file) => file.split(path.sep).join('/')

/** All files under a folder of the project, as paths of the project, in a settled order. */
function filesOf(folder) {
  const found = fs.existsSync(inProject(folder)) ? fs.readdirSync(inProject(folder), { recursive: true, withFileTypes: true }) : []
  return found.filter((entry) => entry.isFile())
    .map((entry) => slashed(path.relative(inProject(), path.join(entry.parentPath ?? entry.path, entry.name)))).sort()
}

const fingerprint = (files) => {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\0`).update(fs.readFileSync(inProject(file))).update('\0')
  return hash.digest('hex')
}

/** Our imports stay imports, of the built neighbour; packages stay packages. */
const fileByFile = {
  name: 'file-by-file',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path: name, kind }) => {
      if (kind === 'entry-point') return null
      const ours = /^\.{1,2}\//.test(name) && name.endsWith('.ts')
      return { path: ours ? name.replace(/\.ts$/, '.mjs') : name, external: true }
    })
  },
}

const codeFolders = ['server', 'shared', 'bench']
const codeFiles = () => codeFolders.flatMap(filesOf).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
const recipe = ['package-lock.json', 'server/boot/build.mjs']

/** Replaces each built file in one step and only when it differs: another process may be running from it. */
function writeCode(outputs) {
  const kept = new Set(outputs.map(({ path: file }) => file))
  for (const { path: file, contents } of outputs) {
    if (fs.existsSync(file) && fs.readFileSync(file).equals(contents)) continue
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(`${file}.new`, contents)
    fs.renameSync(`${file}.new`, file)
  }
  for (const file of codeFolders.flatMap((folder) => filesOf(`.build/${folder}`)))
    if (!kept.has(inProject(file))) fs.rmSync(inProject(file))
}

async function compile(files) {
  const esbuild = await import('esbuild')
  try {
    const built = await esbuild.build({
      absWorkingDir: inProject(), entryPoints: files, outbase: '.', outdir: '.build', write: false,
      bundle: true, plugins: [fileByFile], platform: 'node', format: 'esm', target: 'node20',
      outExtension: { '.js': '.mjs' }, sourcemap: true, sourcesContent: false, charset: 'utf8', logLevel: 'warning',
    })
    writeCode(built.outputFiles)
  } finally {
    await esbuild.stop()
  }
}

/** Sees to it that .build/server, .build/shared and .build/bench are what the sources say. Takes a fraction of a second. */
export async function ensureCode() {
  const files = codeFiles()
  const stamp = inProject('.build/code.stamp')
  const wanted = fingerprint([...recipe, ...files])
  if (read(stamp) === wanted) return
  await locked(async () => {
    if (read(stamp) === wanted) return
    if (files.length > 0) await compile(files)
    fs.writeFileSync(stamp, wanted)
  })
}

async function bundleWeb() {
  const fresh = inProject(`.build/web-${process.pid}`)
  const old = `${fresh}-old`
  const vite = inProject('node_modules/vite/bin/vite.js')
  try {
    await program(process.execPath, [vite, 'build', '--outDir', fresh, '--logLevel', 'warn'])
  } catch (error) {
    fs.rmSync(fresh, { recursive: true, force: true })
    throw error
  }
  if (fs.existsSync(inProject('.build/web'))) fs.renameSync(inProject('.build/web'), old)
  fs.renameSync(fresh, inProject('.build/web'))
  fs.rmSync(old, { recursive: true, force: true })
}

/** Sees to it that .build/web is what the sources say. */
export async function ensureWeb() {
  if (!fs.existsSync(inProject('web/index.html'))) return say('no web/index.html: there is no web to build')
  const stamp = inProject('.build/web.stamp')
  const wanted = fingerprint([...recipe, 'vite.config.ts', ...filesOf('web'), ...filesOf('shared')])
  const upToDate = () => read(stamp) === wanted && fs.existsSync(inProject('.build/web'))
  if (upToDate()) return undefined
  return locked(async () => {
    if (upToDate()) return
    await patiently('building the web (about half a minute the first time)', bundleWeb)
    fs.writeFileSync(stamp, wanted)
  })
}
