/** A text in pieces that a channel takes: at line ends where it can, never within a character. */

/** How much of a message a text takes; of two, one behind the other, as much as both. */
export type Measure = (text: string) => number;
/** As bytes of UTF-8. */
export const plainly: Measure = (text) => Buffer.byteLength(text);
/** As a gateway of SMS counts characters, each as much as the longest of them in UTF-8. */
export const byCharacter: Measure = (text) => 3 * text.length;
/** As bytes of UTF-8 within JSON: what is escaped there counts as that. */
export const inJson: Measure = (text) => Buffer.byteLength(JSON.stringify(text)) - 2;

/** A line that alone is too long, in pieces. */
function broken(line: string, most: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let [piece, size] = ['', 0];
  for (const character of line) {
    const more = measure(character);
    if (size + more > most && piece !== '') { pieces.push(piece); [piece, size] = ['', 0]; }
    [piece, size] = [piece + character, size + more];
  }
  return [...pieces, piece];
}

/** At least one piece; each measures at most `most`. */
export function split(text: string, most: number, measure: Measure): string[] {
  const end = measure('\n');
  const lines = text.split('\n').flatMap((line) => (measure(line) > most ? broken(line, most, measure) : [line]));
  const pieces: string[] = [];
  let size = 0;
  for (const line of lines) {
    const [last, more] = [pieces.at(-1), measure(line)];
    if (last !== undefined && size + end + more <= most) { pieces[pieces.length - 1] = `${last}\n${line}`; size += end + more; }
    else { pieces.push(line); size = more; }
  }
  return pieces;
}
