/** A print of a text, in hex: two FNV-1a hashes of 32 bits (offset basis and prime of the public definition), the second over the text backwards. */
export function printOf(text: string): string {
  let [ahead, back] = [0x811c9dc5, 0x811c9dc5];
  for (let i = 0; i < text.length; i += 1) {
    ahead = Math.imul(ahead ^ text.charCodeAt(i), 0x01000193);
    back = Math.imul(back ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return [ahead, back].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
