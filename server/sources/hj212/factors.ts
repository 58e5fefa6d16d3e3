/** Names of factors on the line: codes of HJ 212-2017 table B.2 (O3 as HJ 524 has it), and the older names that devices send. */
import type { Quantity } from '../../../shared/reading.ts';

const FACTORS: Readonly<Record<string, Quantity>> = {
  a34004: 'PM2.5', a34002: 'PM10', a21026: 'SO2', a21004: 'NO2', a05024: 'O3', a21005: 'CO',
  a01001: 'temperature', a01002: 'humidity', a01006: 'pressure', a01007: 'wind-speed', a01008: 'wind-direction',
  PM25: 'PM2.5', 'PM2.5': 'PM2.5', PM10: 'PM10', SO2: 'SO2', NO2: 'NO2', O3: 'O3', CO: 'CO',
  TEM: 'temperature', RH: 'humidity', WS: 'wind-speed', WD: 'wind-direction',
};
const KNOWN: ReadonlyMap<string, Quantity> = new Map(Object.entries(FACTORS));

export const quantityOf = (factor: string): Quantity | undefined => KNOWN.get(factor);
