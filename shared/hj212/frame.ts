/** Frames of HJ 212: `##`, four digits of length, the data segment, four digits of checksum, CR LF (HJ 212-2017 table 2). */
import type { Civil } from '../time.ts';
import { crcOf, hexOf } from './crc.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A frame around a data segment of ASCII letters. */
export function frameOf(segment: string): Uint8Array {
  return bytesOf(`##${String(segment.length).padStart(4, '0')}${segment}${hexOf(crcOf(bytesOf(segment)))}\r\n`);
}

export type To = { qn: string; pw: string; mn: string };
/** An answer is system interaction (ST 91) and wants none itself: Flag 4 says 2017, no answer. */
export const answer = (cn: '9013' | '9014', { qn, pw, mn }: To): Uint8Array => frameOf(`QN=${qn};ST=91;CN=${cn};PW=${pw};MN=${mn};Flag=4;CP=&&&&`);
/** A request of the room's, answered by 9011 (is it taken) and 9012 (is it done). */
export const request = (cn: '1012' | '2061', to: To & { st: string }, area: string): Uint8Array =>
  frameOf(`QN=${to.qn};ST=${to.st};CN=${cn};PW=${to.pw};MN=${to.mn};Flag=5;CP=&&${area}&&`);

/** `YYYYMMDDhhmmss`, in the event's civil time. */
export const stamp = (civil: Civil, instant: number): string => civil.iso(instant).slice(0, 19).replace(/\D/g, '');
/** A QN: the stamp with milliseconds. */
export const qnOf = (civil: Civil, instant: number): string => `${stamp(civil, instant)}${String(((instant % 1000) + 1000) % 1000).padStart(3, '0')}`;

const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
/** The instant of a stamp in civil time; null where there is no such date or time. */
export function instantOf(civil: Civil, text: string): number | null {
  const found = STAMP.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second] = found as unknown as [string, string, string, string, string, string, string];
  const date = `${year}-${month}-${day}`;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const noon = Date.parse(`${date}T12:00:00Z`);
  if (Number.isNaN(noon) || new Date(noon).toISOString().slice(0, 10) !== date) return null;
  return civil.at(date, `${hour}:${minute}`) + Number(second) * 1000;
}
