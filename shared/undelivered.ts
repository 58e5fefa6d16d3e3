/** Why a message was not delivered, in the words that facts and the API carry; a face has its own for each. */
export const UNDELIVERED = {
  late: 'no answer in time',
  restored: 'undelivered before the restore, and past by then',
  waited: 'not sent in time',
  unreached: 'cannot be reached',
  'strange-answer': 'an answer that is none of this service',
  'no-telephone': 'nobody to send it to has a telephone number',
  'no-address': 'nobody to send it to has an address',
  'no-channel': 'no channel of this name is in use',
  'nobody-on-duty': 'nobody on duty could be reached',
} as const;
export type Undelivered = keyof typeof UNDELIVERED;

const CODES = Object.keys(UNDELIVERED) as Undelivered[];

/** Which of them a reason is, and what it says besides in brackets; null: they are a service's own words. */
export function undeliveredBy(reason: string): { code: Undelivered; more: string } | null {
  const code = CODES.find((each) => reason === UNDELIVERED[each] || reason.startsWith(`${UNDELIVERED[each]} (`));
  return code === undefined ? null : { code, more: reason.slice(UNDELIVERED[code].length) };
}
