/**
 * What of the journal is not for everybody: who may come in, and as what, is for whoever may see accounts (`see-accounts` of `roles.ts`).
 * Others get a fact without its content in the same place, so that numbers stay whole, and the chain around it can be followed.
 */
import type { Fact } from './fact.ts';

const OF_ACCESS = /^(account|token)-changed:/;
const isOfAccess = (fact: Fact): boolean =>
  fact.kind === 'account-changed' || fact.kind === 'token-changed' || fact.kind === 'access-stands' || (fact.kind === 'command-voided' && OF_ACCESS.test(fact.of));

/** The fact as anybody may see it: of one about accounts or tokens that there is one, and when. */
export function withoutAccess(fact: Fact): Fact {
  if (!isOfAccess(fact)) return fact;
  const { seq, at, recorded, air, hash, durable } = fact;
  return { kind: 'withheld', seq, id: `withheld:${seq}`, at, recorded, actor: 'withheld', air, hash, ...(durable === undefined ? {} : { durable }) };
}
