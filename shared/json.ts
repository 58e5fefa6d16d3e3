/** Where a text stops being JSON. Engines say so in words of their own, or not at all; a station's maker needs the place. */

export type Broken = { offset: number; line: number; column: number };

/** What may stand next. `item` and `member` also allow the bracket that closes an empty list. */
type Expect = 'value' | 'item' | 'member' | 'key' | 'colon' | 'end';
/** Moved along in place: a body of 8 MiB may have millions of steps. `open` holds the brackets that will close. */
type Walk = { readonly text: string; at: number; expect: Expect; readonly open: string[] };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Moves past a match; false, and nothing moved, where there is none. */
function past(walk: Walk, pattern: RegExp): boolean {
  pattern.lastIndex = walk.at;
  if (!pattern.test(walk.text)) return false;
  walk.at = pattern.lastIndex;
  return true;
}

function pastBlanks(walk: Walk): void {
  for (;;) {
    const code = walk.text.charCodeAt(walk.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    walk.at += 1;
  }
}

function pastString(walk: Walk): boolean {
  if (walk.text[walk.at] !== '"') return false;
  walk.at += 1;
  for (;;) {
    const code = walk.text.charCodeAt(walk.at);
    if (code === 0x5c) {
      if (!past(walk, ESCAPE)) return false;
      continue;
    }
    if (Number.isNaN(code) || code < 0x20) return false;
    walk.at += 1;
    if (code === 0x22) return true;
  }
}

function move(walk: Walk, expect: Expect): true {
  walk.at += 1;
  walk.expect = expect;
  return true;
}

function pastValue(walk: Walk, next: string): boolean {
  if (next === '{' || next === '[') {
    walk.open.push(next === '{' ? '}' : ']');
    return move(walk, next === '{' ? 'member' : 'item');
  }
  walk.expect = 'end';
  return next === '"' ? pastString(walk) : past(walk, NUMBER) || past(walk, WORD);
}

/** One step onwards; false: what stands at `at` cannot. */
function step(walk: Walk): boolean {
  const { expect, open } = walk;
  const next = walk.text[walk.at] ?? '';
  const closing = open.at(-1);
  if (next !== '' && next === closing && (expect === 'item' || expect === 'member' || expect === 'end')) {
    open.pop();
    return move(walk, 'end');
  }
  if (expect === 'colon') return next === ':' && move(walk, 'value');
  if (expect === 'end') return next === ',' && closing !== undefined && move(walk, closing === '}' ? 'key' : 'value');
  if (expect === 'value' || expect === 'item') return pastValue(walk, next);
  walk.expect = 'colon';
  return pastString(walk);
}

/** The first place where the text is no JSON (its length: it ends too soon); null where it is JSON. */
export function whereJsonBreaks(text: string): Broken | null {
  const walk: Walk = { text, at: 0, expect: 'value', open: [] };
  do {
    pastBlanks(walk);
    if (walk.at === text.length && walk.expect === 'end' && walk.open.length === 0) return null;
  } while (step(walk));
  const before = text.slice(0, walk.at);
  return { offset: walk.at, line: before.split('\n').length, column: walk.at - before.lastIndexOf('\n') };
}
