/** The OpenID Connect provider, as its library asks it: what it says of itself, where it takes over, and whom it vouches for. */
import {
  allowInsecureRequests, authorizationCodeGrant, AuthorizationResponseError, buildAuthorizationUrl, buildEndSessionUrl, calculatePKCECodeChallenge, type ClientAuth,
  ClientError, ClientSecretBasic, ClientSecretPost, clockTolerance, type Configuration, discovery, enableNonRepudiationChecks, fetchUserInfo, None, ResponseBodyError,
} from 'openid-client';
import { claimIn, type Oidc, type SignOnFailure } from '../../shared/sign-on.ts';
import type { Trip } from './trips.ts';

/** What is claimed of a person whom the provider, and nobody else, vouches for. */
export type Claims = Readonly<Record<string, unknown>> & { iss: string; sub: string };
export type Provider = {
  /** The address at which the provider takes over. */
  address: (trip: Trip) => Promise<string>;
  /** The claims that its answer, which came back as `query`, leads to; throws what `failureOf` names. */
  claims: (trip: Trip, query: string) => Promise<Claims>;
  /** Where its own session ends; null: it does not say, or was not asked anything yet. */
  end: (after: string) => string | null;
};
/** `redirect`: where it sends people back to. `now`: machine time. */
export type ProviderParts = { oidc: Oidc; secret: string | null; redirect: string; now: () => number };

const PATIENCE_SECONDS = 5;
const SKEW_SECONDS = 30;
/** How long what it says of itself is good for, and for how long nobody asks again once it gave no answer. */
const KEPT = 3_600_000;
const REST = 5_000;

/** The secret in the way that the provider takes: without a word of it, in a header (OpenID Connect Discovery 1.0, 3). */
function clientAuth(secret: string | null): ClientAuth {
  if (secret === null) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

type Known = { until: number; found: Promise<Configuration>; config: Configuration | null };

/** Asked at the first sign-in, not at the server's start; who asks at the same time gets the same answer. */
function discoverer({ oidc: { issuer, clientId }, secret, now }: ProviderParts): { found: () => Promise<Configuration>; last: () => Configuration | null } {
  let known: Known | null = null;
  // A signature is looked at on every way, since https may end before the provider.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out: access.yaml lets it be for this machine, or by name
  const execute = [enableNonRepudiationChecks, ...(issuer.startsWith('https:') ? [] : [allowInsecureRequests])];
  const ask = (): Promise<Configuration> => discovery(new URL(issuer), clientId, { [clockTolerance]: SKEW_SECONDS }, clientAuth(secret), { execute, timeout: PATIENCE_SECONDS });
  return {
    last: () => known?.config ?? null,
    found: () => {
      if (known !== null && now() < known.until) return known.found;
      const mine: Known = { until: now() + KEPT, found: ask(), config: null };
      mine.found.then((config) => { mine.config = config; }, () => { mine.until = now() + REST; });
      known = mine;
      return mine.found;
    },
  };
}

export function openProvider(parts: ProviderParts): Provider {
  const { oidc, redirect } = parts;
  const { found, last } = discoverer(parts);
  return {
    address: async ({ state, nonce, verifier }) => buildAuthorizationUrl(await found(), {
      redirect_uri: redirect, scope: oidc.scopes.join(' '), state, nonce, code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      ...(oidc.prompt === undefined ? {} : { prompt: oidc.prompt }),
    }).href,
    claims: async ({ state, nonce, verifier }, query) => {
      const config = await found();
      const tokens = await authorizationCodeGrant(config, new URL(`${redirect}${query}`), { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier });
      const claims = tokens.claims();
      if (claims === undefined) throw new ClientError('the provider gave no ID token');
      const told = [oidc.name, oidc.roles.claim].every((name) => claimIn(claims, name) !== undefined);
      // Many say who somebody is in the token, and what they may do only when asked.
      return told || config.serverMetadata().userinfo_endpoint === undefined ? claims : { ...await fetchUserInfo(config, tokens.access_token, claims.sub), ...claims };
    },
    end: (after) => {
      const config = last();
      return config?.serverMetadata().end_session_endpoint === undefined ? null : buildEndSessionUrl(config, { post_logout_redirect_uri: after }).href;
    },
  };
}

/** A server that answers with a fault of its own is as good as away. */
const isDown = (error: unknown): boolean => error instanceof TypeError
  || (error instanceof ClientError && (error.code === 'OAUTH_TIMEOUT' || (error.cause instanceof Response && error.cause.status >= 500)));

/** What a failed question to the provider means for whoever signs in. */
export function failureOf(error: unknown): SignOnFailure {
  if (isDown(error)) return 'provider-down';
  if (error instanceof AuthorizationResponseError) return error.error === 'temporarily_unavailable' || error.error === 'server_error' ? 'provider-down' : 'declined';
  // A code that was used, or is too old.
  return error instanceof ResponseBodyError && error.error === 'invalid_grant' ? 'interrupted' : 'untrusted';
}
