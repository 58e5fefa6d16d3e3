/** `sources.yaml`: who sends, by which way, which stations, what a label and a flag mean, and what a device may get wrong. */
import { z } from 'zod';
import { Duration, Id } from './event.ts';
import { SourceFlags } from './quality/flags.ts';
import { QUANTITIES } from './reading.ts';
import { durationMs, HOUR, MINUTE } from './time.ts';
import { variable } from './variable.ts';

/** Whether stations can send at this rhythm: minutes that divide the hour, or whole hours. */
function isRhythm(duration: string): boolean {
  const minutes = (durationMs(duration) ?? HOUR) / MINUTE;
  return minutes > 0 && (minutes % 60 === 0 || 60 % minutes === 0);
}
const Interval = Duration.refine((text) => isRhythm(text), 'expected minutes that divide the hour, such as PT1M, PT5M or PT1H');

const Stations = z.union([z.literal('all'), z.array(Id).min(1)]).default('all');
const Variable = variable('HJ212_PASSWORD');

/** What every source has: its id, its stations, how often each sends, what its label means, what its flags mean. */
const every = {
  id: Id, stations: Stations, interval: Interval, label: z.enum(['start', 'end']).default('start'),
  /** Absent: HJ 212-2017 and HJ/T 212-2005. */
  flags: SourceFlags.optional(),
};

const HttpSource = z.strictObject({ kind: z.literal('http'), ...every });

export const HJ212_FAULTS = [
  /** The length is wrong (it counts the checksum and CR LF, or has three digits): the frame ends with its line. */
  'length',
  /** The checksum is Modbus. */
  'modbus',
  /** CR LF is missing, or CR CR. */
  'ending',
  /** A data segment of more than 1,024 bytes. */
  'long',
  /** A semicolon too many, or a comma where one should be. */
  'separators',
  /** Blanks within the segment. */
  'blanks',
  /** QN, Flag and the like stand in the data area. */
  'stray-header',
  /** QN has not 17 digits. */
  'qn',
  /** Flag says parts and there is no PNUM and PNO, or the other way round. */
  'parts',
  /** DataTime has milliseconds, or is within its period instead of at its start. */
  'datatime',
  /** Minute or hour data that has Rtd in place of Avg. */
  'rtd',
] as const;
/** A fault that devices are known for; each is allowed only where it is listed. */
export type Hj212Fault = (typeof HJ212_FAULTS)[number];

export const CONCENTRATIONS = ['ng/m3', 'ug/m3', 'mg/m3'] as const;
export const PRESSURES = ['kPa', 'hPa'] as const;
const Unit = z.enum([...CONCENTRATIONS, ...PRESSURES]);
export type Unit = z.infer<typeof Unit>;
const Quantity = z.enum(QUANTITIES);

/** `standard`: particles in ng/m³, gases in mg/m³, pressure in kPa (HJ 212-2017 table B.2). `ambient`: µg/m³, CO in mg/m³, hPa. */
const Units = z.enum(['standard', 'ambient']);
/** Of a quantity alone. */
const UnitOf = z.partialRecord(Quantity, Unit);
export type SourceUnits = { units: z.infer<typeof Units>; unitOf: z.infer<typeof UnitOf> };

/** What may differ from device to device. */
const device = {
  units: Units, unitOf: UnitOf.default({}),
  lenient: z.array(z.enum(HJ212_FAULTS)).default([]),
  passwordEnv: Variable,
};

/** A device's number as it stands in MN. */
const DeviceNumber = z.string().regex(/^[\x21-\x3a\x3c\x3e-\x7e]{1,40}$/, 'expected 1 to 40 characters without blanks, "=" and ";"');

const Hj212Source = z.strictObject({
  kind: z.literal('hj212'), ...every, ...device,
  /** How long a period an instantaneous value (2011) stands for, the first one in it; absent: such values only show that the device is alive. */
  realtime: Interval.optional(),
  /** Names of factors besides those of the standard and the usual ones, as "925": PM2.5. */
  names: z.record(z.string().regex(/^[A-Za-z0-9_.]{1,24}$/), Quantity).default({}),
  /** Kinds of system (ST) that it may say it is: 22 ambient air, 39 dust of a construction site. */
  systems: z.array(z.string().regex(/^\d{2,3}$/, 'expected the digits of ST, such as "22"')).min(1).default(['22', '39']),
  /** How far back hours that are lacking are asked for when a device is heard again; PT0M: never. */
  history: Duration.default('PT72H'),
  /** Devices of which MN is neither a station's id nor one of its aliases, or that differ from the others. */
  devices: z.array(z.strictObject({
    mn: DeviceNumber, station: Id,
    units: Units.optional(), unitOf: UnitOf.optional(), lenient: z.array(z.enum(HJ212_FAULTS)).optional(), passwordEnv: Variable.optional(),
  })).default([]),
});
export type Hj212Source = z.infer<typeof Hj212Source>;

/** Whoever writes InfluxDB line protocol, as Telegraf does: measurement `air` or a quantity, tag `station`, a field for each quantity. */
const LineSource = z.strictObject({
  kind: z.literal('line-protocol'), ...every,
  units: Units.default('ambient'), unitOf: UnitOf.default({}),
  /** Fields by other names, as pm25_ugm3: PM2.5. */
  names: z.record(z.string().min(1).max(64), Quantity).default({}),
  /** The tag that names the station: its id or one of its aliases. */
  tag: z.string().min(1).max(64).default('station'),
});
export type LineSource = z.infer<typeof LineSource>;

/** How a feed or a file is laid out: `json` by its own mapping; the others are understood as they are. */
export const FEEDS = ['json', 'csv', 'cnemc-sites', 'openaq-v3', 'open-meteo', 'airnow'] as const;
export type Feed = (typeof FEEDS)[number];

/** What a feed says, in which units, and by which names. */
const said = {
  format: z.enum(FEEDS), units: Units.default('ambient'), unitOf: UnitOf.default({}), names: z.record(z.string().min(1).max(64), Quantity).default({}),
  /** JSONata: what came into a list of { station, pollutant, start, period, value, flag?, unit? }. */
  mapping: z.string().min(1).optional(),
};
const mapped = ({ format, mapping }: { format: Feed; mapping?: string | undefined }): boolean => (format === 'json') === (mapping !== undefined);
const MAPPED = '"mapping" goes with the format json, and with no other';

/** A host that may be asked, with its port where that is not the usual one. */
const Host = z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'expected a host, such as api.example.org or 127.0.0.1:8080');

const PullSource = z.strictObject({
  kind: z.literal('pull'), ...every, ...said,
  /** May name {from} and {to} (instants in UTC), {date} and {hour} (civil, of the first hour asked for) and {place}. Without any, the feed is asked as it is. */
  url: z.string().regex(/^https?:\/\/[^\s@/]+(\/\S*)?$/, 'expected an address that begins with http:// or https://, without a name or password'),
  /** Hosts besides that of `url` to which the feed may send on. */
  hosts: z.array(Host).default([]),
  /** Secrets, from the environment: X-API-Key: { env: OPENAQ_KEY }. */
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.strictObject({ env: Variable, prefix: z.string().default('') })).default({}),
  /** What {place} stands for, and whose station it is. */
  places: z.record(z.string().min(1), Id).default({}),
  /** How often it is asked; how long after an hour its values are there; how far back it is asked again for what came late, and for what an outage left open. */
  every: Duration.default('PT10M'), delay: Duration.default('PT5M'), again: Duration.default('PT3H'), catchUp: Duration.default('P2D'),
  /** Seconds that an answer may take; requests at once. */
  timeout: z.int().min(1).max(120).default(30), atOnce: z.int().min(1).max(8).default(2),
}).refine(mapped, MAPPED);
export type PullSource = z.infer<typeof PullSource>;

const FilesSource = z.strictObject({
  kind: z.literal('files'), ...every, ...said,
  /** Where files are put; taken ones go to `done` in it, refused ones to `failed`, with their reasons beside. */
  folder: z.string().min(1),
  /** How often it is looked into. */
  every: Duration.default('PT1M'),
}).refine(mapped, MAPPED);
export type FilesSource = z.infer<typeof FilesSource>;

const MqttSource = z.strictObject({
  kind: z.literal('mqtt'), ...every, units: Units.default('ambient'), unitOf: UnitOf.default({}), names: z.record(z.string().min(1).max(64), Quantity).default({}),
  /** A broker, as mqtt://127.0.0.1:1883; absent: the room's own, on `--mqtt-port`. */
  url: z.string().regex(/^(mqtts?|wss?):\/\/[^\s@]+$/, 'expected an address such as mqtt://127.0.0.1:1883, without a name or password').optional(),
  userEnv: Variable.optional(), passwordEnv: Variable.optional(),
  /** Which topics, and what stands in them: air/{station}/{pollutant}, or air/{station} for JSON that names its pollutants. */
  topic: z.string().regex(/^[^#+\s]*\{station\}[^#+\s]*$/, 'expected a topic with {station} in it, and without + and #'),
});
export type MqttSource = z.infer<typeof MqttSource>;

export const SourcesFile = z.strictObject({ sources: z.array(z.discriminatedUnion('kind', [HttpSource, Hj212Source, LineSource, PullSource, FilesSource, MqttSource])).min(1) });
export type SourcesFile = z.infer<typeof SourcesFile>;
export type Source = SourcesFile['sources'][number];
