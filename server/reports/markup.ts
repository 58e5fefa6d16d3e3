/** HTML as a value: what is interpolated is escaped, unless it is markup already. */
export type Markup = { readonly markup: string };
type Part = string | number | Markup | readonly Markup[];

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITY[letter] ?? letter);

function written(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('');
}

export const html = (texts: TemplateStringsArray, ...parts: Part[]): Markup =>
  ({ markup: texts.map((text, n) => `${text}${n < parts.length ? written(parts[n] ?? '') : ''}`).join('') });

export const nothing: Markup = { markup: '' };
/** Text that is markup as it stands: our own style sheet, never anything that was read. */
export const asIs = (markup: string): Markup => ({ markup });
