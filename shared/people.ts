/** What travels over HTTP about accounts and tokens. A secret is in the one answer that makes it, and never again. */
import { z } from 'zod';
import { PersonRole } from './roles.ts';

const IsoInstant = z.string();
const Password = z.string().min(1).max(1000);
/** Absent: one is made. */
const NewPassword = Password.nullish().transform((text) => text ?? null);

/** `vouched`: a single sign-on vouches for the person, and says what they may do; `last`: the only admin with a password; `failed`: how often somebody lately failed to sign in so, and since when. */
export const AccountView = z.object({
  name: z.string(), role: PersonRole, disabled: z.boolean(), vouched: z.boolean(), totp: z.boolean(), created: IsoInstant, seen: IsoInstant.nullable(), last: z.boolean(),
  failed: z.object({ count: z.int(), since: IsoInstant }).nullable(),
});
export type AccountView = z.infer<typeof AccountView>;
export const AccountsBody = z.object({ people: z.array(AccountView) });
export type AccountsBody = z.infer<typeof AccountsBody>;

export const AddPersonBody = z.strictObject({ name: z.string().trim().min(1).max(200), role: PersonRole, password: NewPassword });
export const RoleBody = z.strictObject({ role: PersonRole });
export const PasswordBody = z.strictObject({ password: NewPassword }).prefault({});
export const TotpBody = z.strictObject({ on: z.boolean() });
/** `password`: as it is to be told to the person, where one was set. */
export const AccountSetBody = z.object({ name: z.string(), password: z.string().nullable() });
export type AccountSetBody = z.infer<typeof AccountSetBody>;
/** What an authenticator is told: the secret in base 32, and the same as an address. Null: taken away. */
export const TotpSetBody = z.object({ name: z.string(), totp: z.object({ secret: z.string(), address: z.string() }).nullable() });
export type TotpSetBody = z.infer<typeof TotpSetBody>;

export const TokenView = z.object({ id: z.string(), kind: z.enum(['source', 'screen']), name: z.string(), created: IsoInstant, revoked: IsoInstant.nullable() });
export type TokenView = z.infer<typeof TokenView>;
/** `sources`: for which a token may be made. */
export const TokensBody = z.object({ tokens: z.array(TokenView), sources: z.array(z.string()) });
export type TokensBody = z.infer<typeof TokensBody>;
export const AddTokenBody = z.strictObject({ kind: z.enum(['source', 'screen']), name: z.string().trim().min(1).max(64) });
export const TokenSetBody = z.object({ id: z.string(), kind: z.enum(['source', 'screen']), name: z.string(), secret: z.string() });
export type TokenSetBody = z.infer<typeof TokenSetBody>;
export const TokenRevokedBody = z.object({ id: z.string() });

export const MeBody = z.object({ name: z.string(), role: PersonRole, vouched: z.boolean(), totp: z.boolean() });
export type MeBody = z.infer<typeof MeBody>;
export const OwnPasswordBody = z.strictObject({ current: Password, password: Password });
/** A code of `secret`, which this server offered, proves that an authenticator has it. */
export const OwnTotpBody = z.strictObject({ current: Password, secret: z.string().regex(/^[A-Z2-7]{32}$/), code: z.string().trim().min(1).max(20) });
export const OwnTotpOffBody = z.strictObject({ current: Password });
export const DoneBody = z.object({ name: z.string() });
