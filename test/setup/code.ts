import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { project } from '../../server/built.ts'

/** A source file as the architecture sees it: a path of the project with forward slashes, and its text. */
export type Source = { file: string; text: string }

/** What a file imports: `server/clock.ts`, `node:fs` or `npm:zod`; `type` if only types are taken. */
export type Import = { target: string; type: boolean; line: number }

const roomFolders = ['shared', 'server', 'web', 'test', 'bench']
const code = /\.(ts|vue|mjs|js|css)$/

function inFolder(folder: string): string[] {
  return readdirSync(path.join(project, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : inFolder(place)
    return code.test(entry.name) ? [place] : []
  })
}

/** Every source file of the five rooms; a room that is not there yet has none. */
export function sources(): Source[] {
  const present = readdirSync(project)
  return roomFolders.filter((room) => present.includes(room)).flatMap(inFolder).sort()
    .map((file) => ({ file, text: readFileSync(path.join(project, file), 'utf8') }))
}

/** The script of a Vue component, with the lines above it left blank so that line numbers hold. */
function scriptOf({ file, text }: Source): string {
  if (!file.endsWith('.vue')) return text
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  let script = ''
  let seen = 0
  for (const found of text.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = found.index + (found[1] ?? '').length
    script += blank(text.slice(seen, start)) + (found[2] ?? '')
    seen = start + (found[2] ?? '').length
  }
  return script
}

/** The syntax of a source file; CSS has none. */
export function syntax(source: Source): ts.SourceFile {
  const text = source.file.endsWith('.css') ? '' : scriptOf(source)
  const kind = /\.m?js$/.test(source.file) ? ts.ScriptKind.JS : ts.ScriptKind.TS
  return ts.createSourceFile(source.file, text, ts.ScriptTarget.ESNext, true, kind)
}

/** Calls `visit` with each node below `root`. */
export function walk(root: ts.Node, visit: (node: ts.Node) => void): void {
  root.forEachChild((node) => {
    visit(node)
    walk(node, visit)
  })
}

export const lineOf = (node: ts.Node): number =>
  node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1

function targetOf(file: string, name: string): string {
  if (name.startsWith('.')) return path.posix.normalize(`${path.posix.dirname(file)}/${name.replace(/\?.*$/, '')}`)
  if (name.startsWith('node:')) return name
  return `npm:${name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')}`
}

function takesOnlyTypes(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  return clause.name === undefined && named !== undefined && ts.isNamedImports(named)
    && named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly)
}

function specifierOf(node: ts.Node): { name: ts.Expression | undefined; type: boolean } | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return { name: node.moduleSpecifier, type: takesOnlyTypes(node) }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return { name: node.arguments[0], type: false }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
    return { name: node.argument.literal, type: true }
  return undefined
}

export function importsOf(source: Source): Import[] {
  const found: Import[] = []
  walk(syntax(source), (node) => {
    const specifier = specifierOf(node)
    if (specifier?.name === undefined || !ts.isStringLiteralLike(specifier.name)) return
    found.push({ target: targetOf(source.file, specifier.name.text), type: specifier.type, line: lineOf(node) })
  })
  return found
}
