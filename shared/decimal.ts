/** Decimals to and from integers of a millionth, exactly: 48.2 is 48200000, never 48199999.999…. */

const PLACES = 6;
const MILLION = 1_000_000;
/** Below this a double has room for every decimal of six places, so that arithmetic finds the shortest one. */
const EASY = 1e9;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d+))?$/;

function scaled(sign: string, whole: string, fraction: string): number | null {
  if (whole === '' && fraction === '') return null;
  // Zeros past the sixth place say nothing; any other digit there is a value that cannot be kept exactly.
  if (fraction.length > PLACES && /[^0]/.test(fraction.slice(PLACES))) return null;
  const micro = Number(whole) * MILLION + Number(fraction.slice(0, PLACES).padEnd(PLACES, '0'));
  if (!Number.isSafeInteger(micro)) return null;
  return sign === '-' && micro !== 0 ? -micro : micro;
}

/** Millionths of a plain decimal text (`48.2`, `-5`, `.5`); null where it is none, has more than six places or is too large. */
export function microOfText(text: string): number | null {
  const found = DECIMAL.exec(text);
  return found === null ? null : scaled(found[1] ?? '', found[2] ?? '', found[3] ?? '');
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
  const whole = Math.floor(size / MILLION);
  const fraction = String(size % MILLION).padStart(PLACES, '0').replace(/0+$/, '');
  return `${micro < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
