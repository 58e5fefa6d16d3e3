/** Where a text stops being JSON. Engines say so in words of their own, or not at all; a station's maker needs the place. */

export type Broken = { offset: number; line: number; column: number };

const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where a match from `at` ends; -1 where there is none. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** A part that was read, up to `at`; `ok: false`: it broke there. */
type Read = { ok: boolean; at: number };

function string(text: string, from: number): Read {
  let at = from + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { ok: true, at: at + 1 };
    if (Number.isNaN(code) || code < 0x20) return { ok: false, at };
    if (code !== 0x5c) { at += 1; continue; }
    const end = after(ESCAPE, text, at);
    if (end < 0) return { ok: false, at };
    at = end;
  }
}

function scalar(text: string, at: number): Read {
  if (text[at] === '"') return string(text, at);
  const end = Math.max(after(NUMBER, text, at), after(WORD, text, at));
  return end < 0 ? { ok: false, at } : { ok: true, at: end };
}

/** What may stand next. `item` and `member` also allow the bracket that closes an empty list. */
type Expect = 'value' | 'item' | 'member' | 'key' | 'colon' | 'end';
type State = { expect: Expect; open: string[]; at: number };

function opened(state: State, bracket: string): State {
  state.open.push(bracket === '{' ? '}' : ']');
  return { ...state, expect: bracket === '{' ? 'member' : 'item', at: state.at + 1 };
}

function closed(state: State): State {
  state.open.pop();
  return { ...state, expect: 'end', at: state.at + 1 };
}

/** One step onwards; null: what stands there cannot. */
function step(state: State, text: string): State | Read {
  const next = text[state.at] ?? '';
  const { expect, open } = state;
  const closes = next !== '' && next === open.at(-1);
  if (closes && (expect === 'item' || expect === 'member' || expect === 'end')) return closed(state);
  if (expect === 'colon') return next === ':' ? { ...state, expect: 'value', at: state.at + 1 } : { ok: false, at: state.at };
  if (expect === 'end') {
    if (next !== ',' || open.length === 0) return { ok: false, at: state.at };
    return { ...state, expect: open.at(-1) === '}' ? 'key' : 'value', at: state.at + 1 };
  }
  if (expect === 'key' || expect === 'member') {
    const name = next === '"' ? string(text, state.at) : { ok: false, at: state.at };
    return name.ok ? { ...state, expect: 'colon', at: name.at } : name;
  }
  if (next === '{' || next === '[') return opened(state, next);
  const value = scalar(text, state.at);
  return value.ok ? { ...state, expect: 'end', at: value.at } : value;
}

function offsetOf(text: string): number | null {
  let state: State = { expect: 'value', open: [], at: 0 };
  for (;;) {
    state = { ...state, at: after(BLANK, text, state.at) };
    if (state.expect === 'end' && state.open.length === 0 && state.at === text.length) return null;
    const next = step(state, text);
    if ('ok' in next) return next.at;
    state = next;
  }
}

/** The first place where the text is no JSON (its length: it ends too soon); null where it is JSON. */
export function whereJsonBreaks(text: string): Broken | null {
  const offset = offsetOf(text);
  if (offset === null) return null;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - before.lastIndexOf('\n') };
}
