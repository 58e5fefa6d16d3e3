/** Which code folds the journal: a checkpoint of another is not trusted, since nobody can say whether it folds alike. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { builtFile } from '../built.ts';

/** What a built file imports of ours, as esbuild writes it. */
const OURS = /(?:from|import)\s*"(\.{1,2}\/[^"]+)"/g;

/** A hash of the built file that folds and of all that it imports; a file that is not built counts as none. */
function hashed(start: URL): string {
  const texts = new Map<string, string>();
  const look = (file: URL): void => {
    if (texts.has(file.href)) return;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    texts.set(file.href, text);
    for (const [, name = ''] of text.matchAll(OURS)) look(new URL(name, file));
  };
  look(start);
  const hash = createHash('sha256');
  for (const text of texts.values()) hash.update(text).update('\0');
  return hash.digest('hex');
}

let known: string | null = null;
export const codeOf = (): string => (known ??= hashed(builtFile(new URL('./folding.ts', import.meta.url))));
