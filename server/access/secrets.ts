/** Secrets: made by chance, kept as hashes. A prefix says what one is for, so that a leaked one is recognised. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

const PREFIX = { session: 'qkp_', source: 'qks_', screen: 'qkw_' } as const;
export type SecretKind = keyof typeof PREFIX;

/** 256 bits of chance. */
export const newSecret = (kind: SecretKind): string => PREFIX[kind] + randomBytes(32).toString('base64url');

/** What a secret is for; null where it is none of ours (and no database needs to be asked). */
export function kindOf(secret: string): SecretKind | null {
  if (secret.length > 100) return null;
  if (secret.startsWith(PREFIX.session)) return 'session';
  if (secret.startsWith(PREFIX.source)) return 'source';
  return secret.startsWith(PREFIX.screen) ? 'screen' : null;
}

/** A secret of 256 random bits needs no salt and no slow hash: there is nothing to guess. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A short name by which a token is revoked; it opens nothing. */
export const newTokenId = (): string => `t-${randomBytes(5).toString('hex')}`;

/** No letter or digit that is mistaken for another when read aloud from a sheet of paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = [5, 5, 5, 5];
/** A password for a person to type once: 99 bits. */
export const newPassword = (): string =>
  GROUPS.map((size) => Array.from({ length: size }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join('-');
