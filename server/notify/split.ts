/** A text in pieces that a channel takes: at line ends where it can, never within a character. Bytes are those of UTF-8. */
const bytes = (text: string): number => Buffer.byteLength(text);

/** A line that alone is too long, in pieces. */
function broken(line: string, most: number): string[] {
  const pieces: string[] = [''];
  for (const character of line) {
    const last = pieces.at(-1) ?? '';
    if (bytes(last) + bytes(character) > most) pieces.push(character);
    else pieces[pieces.length - 1] = last + character;
  }
  return pieces;
}

/** At least one piece; each of at most `most` bytes. */
export function split(text: string, most: number): string[] {
  const lines = text.split('\n').flatMap((line) => (bytes(line) > most ? broken(line, most) : [line]));
  const pieces: string[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (last !== undefined && bytes(last) + bytes(line) + 1 <= most) pieces[pieces.length - 1] = `${last}\n${line}`;
    else pieces.push(line);
  }
  return pieces.length === 0 ? [''] : pieces;
}
