/** For tests in TypeScript that need the built web. */
export function ensureWeb(): Promise<void>;
export function ensureCode(): Promise<void>;
