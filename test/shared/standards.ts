/** The standards that ship, as every test of them reads them. */
import type { Standard } from '../../shared/standard.ts';
import { standard } from '../timeline/timeline.ts';

export const [cn2012, cn2026, us2024, who2021] = ['cn-2012', 'cn-2026', 'us-2024', 'who-2021'].map(standard) as [Standard, Standard, Standard, Standard];

/** A decimal as millionths, by its digits. */
export function exact(text: string | number): { num: bigint; den: bigint } {
  const [whole = '0', part = ''] = String(text).split('.');
  return { num: BigInt(whole + part.padEnd(6, '0')), den: 1n };
}
