import { fileURLToPath, pathToFileURL } from 'node:url'
import { existsSync } from 'node:fs'
import path from 'node:path'

function projectOf(file: string): string {
  let folder = path.dirname(file)
  while (!existsSync(path.join(folder, 'package-lock.json'))) {
    const above = path.dirname(folder)
    if (above === folder) throw new Error(`no project around ${file}`)
    folder = above
  }
  return folder
}

/** The project's folder, whether this runs built (.build/server) or from its source (tests). */
export const project = projectOf(fileURLToPath(import.meta.url))

/** Where the built web is; it need not be there (tests, `report`). */
export const builtWeb = path.join(project, '.build', 'web')

/**
 * The built twin of a source file, for what Node itself must load, such as a worker:
 * `new Worker(builtFile(new URL('./worker.ts', import.meta.url)))` works built and under test alike.
 */
export function builtFile(source: URL): URL {
  const place = path.relative(project, fileURLToPath(source)).replace(/\.ts$/, '.mjs')
  return pathToFileURL(place.startsWith('.build') ? path.join(project, place) : path.join(project, '.build', place))
}
