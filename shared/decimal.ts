/** Decimals to and from integers of a millionth, exactly: 48.2 is 48200000, never 48199999.999…. */

const PLACES = 6;
const MILLION = 1_000_000;
/** Below this a double has room for every decimal of six places, so that arithmetic finds the shortest one. */
const EASY = 1e9;

const POINT = 46;
const ZERO = 48;

/**
 * The digits from `from` on as millionths; null where they are no decimal, or have a digit other than 0 past the sixth
 * place. Digit by digit, because whole years of air come through here.
 */
function digits(text: string, from: number): number | null {
  let [number, places, seen] = [0, 0, 0];
  let pointAt = -1;
  for (let i = from; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === POINT && pointAt < 0) {
      pointAt = i;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9) return null;
    seen += 1;
    if (pointAt >= 0 && places === PLACES) {
      if (digit !== 0) return null;
      continue;
    }
    if (pointAt >= 0) places += 1;
    number = number * 10 + digit;
  }
  return seen === 0 || pointAt === text.length - 1 ? null : number * 10 ** (PLACES - places);
}

/** Millionths of a plain decimal text (`48.2`, `-5`, `.5`); null where it is none, has more than six places or is too large. */
export function microOfText(text: string): number | null {
  const sign = text[0] === '-' ? -1 : 1;
  const micro = digits(text, text[0] === '-' || text[0] === '+' ? 1 : 0);
  if (micro === null || !Number.isSafeInteger(micro)) return null;
  return sign * micro + 0;
}

/** Millionths of the shortest decimal of a number, as JSON writes it; null where that has more than six places or is too large. */
export function microOfNumber(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  if (Math.abs(value) < EASY) {
    // Two decimals of at most fifteen digits never share a double: whatever gives `value` back is its shortest decimal.
    const micro = Math.round(value * MILLION);
    return micro / MILLION === value ? micro + 0 : null;
  }
  // Only numbers too large to be kept are written with an exponent from here on, and those are refused.
  return microOfText(String(value));
}

/** The shortest decimal text of millionths: 48200000 is `48.2`, -500000 is `-0.5`. */
export function textOfMicro(micro: number): string {
  const size = Math.abs(micro);
  // Of at most fifteen digits the shortest decimal of the quotient is the very one, and never has an exponent.
  if (size < EASY * MILLION) return String(micro / MILLION);
  const whole = Math.floor(size / MILLION);
  const fraction = String(size % MILLION).padStart(PLACES, '0').replace(/0+$/, '');
  return `${micro < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
