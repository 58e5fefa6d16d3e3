/** Units of what a source sends, and how they become those that are kept: µg/m³, CO in mg/m³, pressure in hPa. Exact: whole numbers in, whole numbers out. */
import { POLLUTANTS } from './event.ts';
import { QUANTITIES, type Quantity } from './reading.ts';
import { CONCENTRATIONS, PRESSURES, type SourceUnits, type Unit } from './sources.ts';

/** A value in a unit times `by`, divided by `over`, is the value as it is kept. */
export type Scale = { by: number; over: number };
export type Scales = (quantity: Quantity) => Scale;

const IN_MICROGRAMS: Readonly<Partial<Record<Unit, Scale>>> = { 'ng/m3': { by: 1, over: 1000 }, 'ug/m3': { by: 1, over: 1 }, 'mg/m3': { by: 1000, over: 1 } };
const IN_MILLIGRAMS: Readonly<Partial<Record<Unit, Scale>>> = { 'ng/m3': { by: 1, over: 1_000_000 }, 'ug/m3': { by: 1, over: 1000 }, 'mg/m3': { by: 1, over: 1 } };
const IN_HECTOPASCAL: Readonly<Partial<Record<Unit, Scale>>> = { kPa: { by: 10, over: 1 }, hPa: { by: 1, over: 1 } };
const AS_IT_IS: Scale = { by: 1, over: 1 };

const isPollutant = (quantity: string): boolean => (POLLUTANTS as readonly string[]).includes(quantity);

/** Units that a quantity may come in; none: it has one only. */
export const unitsOf = (quantity: string): readonly Unit[] => (quantity === 'pressure' ? PRESSURES : isPollutant(quantity) ? CONCENTRATIONS : []);

/** In which unit a quantity comes, unless a source says otherwise; null: it has one only. */
function usualUnit(quantity: Quantity, units: SourceUnits['units']): Unit | null {
  if (quantity === 'pressure') return units === 'standard' ? 'kPa' : 'hPa';
  if (!isPollutant(quantity)) return null;
  if (units === 'standard') return quantity === 'PM2.5' || quantity === 'PM10' ? 'ng/m3' : 'mg/m3';
  return quantity === 'CO' ? 'mg/m3' : 'ug/m3';
}

function scaleOf(quantity: Quantity, unit: Unit): Scale {
  const table = quantity === 'pressure' ? IN_HECTOPASCAL : quantity === 'CO' ? IN_MILLIGRAMS : IN_MICROGRAMS;
  return table[unit] ?? AS_IT_IS;
}

/** How each quantity of a source becomes what is kept. */
export function scalesOf({ units, unitOf }: SourceUnits): Scales {
  const known = new Map(QUANTITIES.map((quantity) => {
    const unit = unitOf[quantity] ?? usualUnit(quantity, units);
    return [quantity, unit === null ? AS_IT_IS : scaleOf(quantity, unit)];
  }));
  return (quantity) => known.get(quantity) ?? AS_IT_IS;
}

/** Millionths of a unit as millionths of the unit that is kept; undefined where they would be finer than that, or too large. */
export function scaled(micro: number, { by, over }: Scale): number | undefined {
  const value = (micro * by) / over;
  return Number.isSafeInteger(micro * by) && Number.isSafeInteger(value) ? value : undefined;
}
