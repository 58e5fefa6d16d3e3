/** Names and units that feeds use for what has one name and one unit here. */
import { quantityNamed } from '../../shared/decode.ts';
import type { Quantity } from '../../shared/reading.ts';
import type { Scale } from '../../shared/units.ts';

const NAMES: Readonly<Record<string, Quantity>> = {
  pm25: 'PM2.5', pm2_5: 'PM2.5', 'pm2.5': 'PM2.5', pm10: 'PM10', so2: 'SO2', sulphur_dioxide: 'SO2', no2: 'NO2', nitrogen_dioxide: 'NO2', o3: 'O3', ozone: 'O3', co: 'CO', carbon_monoxide: 'CO',
  temperature: 'temperature', relativehumidity: 'humidity', humidity: 'humidity', temp: 'temperature', rhum: 'humidity', wd: 'wind-direction', ws: 'wind-speed', barpr: 'pressure', pressure: 'pressure',
};
const KNOWN: ReadonlyMap<string, Quantity> = new Map(Object.entries(NAMES));

/** Our own name of what a feed names: the source's own table first; what nobody knows stays as it is. */
export function nameOf(name: string, own: Readonly<Record<string, Quantity>>): string {
  return (Object.hasOwn(own, name) ? own[name] : undefined) ?? quantityNamed(name) ?? KNOWN.get(name.toLowerCase()) ?? name;
}

/** g/mol, and l/mol at 25 °C and 1013.25 hPa, to which concentrations of gases refer (GB 3095, amendment of 2018). */
const MOLAR: Readonly<Partial<Record<Quantity, number>>> = { O3: 47.998, NO2: 46.006, SO2: 64.066, CO: 28.01 };
const VOLUME = 24.465;

const isMass = (quantity: Quantity): boolean => ['PM2.5', 'PM10', 'SO2', 'NO2', 'O3'].includes(quantity);

/** How a value in a unit that is written beside it becomes what is kept; null where it is none of the quantity's. */
export function unitScale(quantity: Quantity, unit: unknown): Scale | null {
  if (typeof unit !== 'string') return null;
  const text = unit.toLowerCase().replaceAll('µ', 'u').replaceAll('μ', 'u').replaceAll('³', '3').replaceAll(/[\s^]/g, '');
  if (text === 'ug/m3') return quantity === 'CO' ? { by: 1, over: 1000 } : isMass(quantity) ? { by: 1, over: 1 } : null;
  if (text === 'mg/m3') return quantity === 'CO' ? { by: 1, over: 1 } : isMass(quantity) ? { by: 1000, over: 1 } : null;
  return null;
}

/** µg/m³ (CO: mg/m³) of one part in a thousand million of a gas (`ppb`) or a million (`ppm`), to the third decimal; null: no such gas. */
export function gasFactor(quantity: Quantity, unit: 'ppb' | 'ppm'): number | null {
  const molar = MOLAR[quantity];
  if (molar === undefined) return null;
  const perBillion = molar / VOLUME / (quantity === 'CO' ? 1000 : 1);
  return unit === 'ppb' ? perBillion : perBillion * 1000;
}
