import fs from 'node:fs'
import { expected, patiently, program, say } from '../../server/boot/say.mjs'

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']
const fonts = ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/noto-cjk', '/usr/share/fonts/google-noto-cjk', '/System/Library/Fonts', 'C:/Windows/Fonts']
const first = (places) => places.find((place) => fs.existsSync(place))

/** Tells the tests, by CHROMIUM, of the browser this machine has, unless someone chose one. */
function lookForBrowser() {
  process.env.CHROMIUM ??= first(browsers) ?? ''
  if (process.env.CHROMIUM === '') delete process.env.CHROMIUM
}

/** What the tests want of the machine: Debian's package for it, and whether it is there. */
const wants = () => [
  { name: 'chromium', there: fs.existsSync(process.env.CHROMIUM ?? ''), for: 'the browser tests are skipped' },
  { name: 'influxdb', there: process.env.INFLUXD !== undefined || fs.existsSync('/usr/bin/influxd'), for: 'the tests of InfluxDB 1.x are skipped' },
  { name: 'fonts-noto-cjk', there: first(fonts) !== undefined, for: 'Chinese in pictures is empty boxes' },
]

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
const apt = (...args) => program('apt-get', args, { env })

async function install(names) {
  await apt('-qq', 'update')
  await apt('install', '-y', '-qq', '-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends', ...names)
}

/** Installs what is missing where that is ours to do (CI, as root); elsewhere says what would. */
export async function prepareMachine() {
  lookForBrowser()
  const missing = wants().filter(({ there }) => !there)
  if (missing.length === 0) return
  const names = missing.map(({ name }) => name)
  if (process.env.CI === 'true' && process.getuid?.() === 0) {
    await patiently(`installing ${names.join(', ')} (up to 450 MB, two minutes or so)`, () => install(names))
    lookForBrowser()
    if (wants().some(({ there }) => !there)) throw expected(`still missing after apt-get: ${names.join(', ')}`)
    return
  }
  for (const { name, for: why } of missing) say(`no ${name}: ${why}`)
  say(`on Debian this brings it: sudo apt-get install ${names.join(' ')}`)
}
