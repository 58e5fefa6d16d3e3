/** What is wrong, and exactly where: what `check-config` prints and a start refuses. */

/** `line` counts from 1; 0 where the file itself is what is wrong. `field` is a path such as `limits[0].max`, or a column. */
export type Problem = { file: string; line: number; field: string; message: string };

/** `limits[0].on.phases[1]`. */
export const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`), '');

/** In the order of files given, then by line; the same thing said twice is said once. */
export function inOrder(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const rank = (file: string): number => (files.indexOf(file) < 0 ? files.length : files.indexOf(file));
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => rank(a.file) - rank(b.file) || a.file.localeCompare(b.file) || a.line - b.line)
    .filter((each) => {
      const key = JSON.stringify(each);
      return !seen.has(key) && seen.add(key);
    });
}

/** `event.yaml:12 limits[0].max: expected a number, not "x"`. */
export const printed = ({ file, line, field, message }: Problem): string =>
  `${file}${line > 0 ? `:${line}` : ''}${field === '' ? '' : ` ${field}`}: ${message}`;
