/** Codes of an authenticator beside the password (RFC 6238, six digits of thirty seconds); each counts once. */
import { Secret, TOTP } from 'otpauth';

const of = (name: string, secret: string): TOTP => new TOTP({ issuer: 'Qingkong', label: name, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 });

/** A new secret, in base 32. */
export const newTotp = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator reads: `otpauth://totp/…`. */
export const totpAddress = (name: string, secret: string): string => of(name, secret).toString();

/**
 * The step that a code is of, a step early or late allowed, or null: it is wrong, or of a step that was used already (`used`).
 * Steps count thirty seconds of machine time.
 */
export function totpStep({ name, secret, code, now, used }: { name: string; secret: string; code: string; now: number; used: number }): number | null {
  const delta = of(name, secret).validate({ token: code.replace(/\s/g, ''), timestamp: now, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(now / 30_000) + delta;
  return step > used ? step : null;
}
