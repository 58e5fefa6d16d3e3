/** An event folder read whole: a configuration that everything may rely on, or every problem there is in it. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { calendarOf, type Calendar } from '../../shared/calendar.ts';
import { EventFile, NetworkFile, PlanFile } from '../../shared/event.ts';
import { SourcesFile } from '../../shared/sources.ts';
import { type Judged, judgedIn, networkOf, type Network, withPlaces } from '../../shared/network.ts';
import { stretchesOf } from '../../shared/effective.ts';
import type { Standard } from '../../shared/standard.ts';
import { DutyFile, dutyMistakes } from '../../shared/duty.ts';
import { AccessFile } from '../../shared/sign-on.ts';
import { RulesFile } from '../../shared/rules.ts';
import type { Civil } from '../../shared/time.ts';
import { deviceMistakes } from './devices.ts';
import { feedMistakes } from './feeds.ts';
import { notices, standardNotices, strangeFiles } from './notices.ts';
import { inOrder, type Problem } from './problem.ts';
import { areaMistakes, networkMistakes, planMistakes, sourceMistakes, stationMistakes } from './references.ts';
import { spareAreas, spareLimits, spareParents, spareSources, spareStations, spareTwice } from './spare.ts';
import { eventStandIns, owned } from './standin.ts';
import { readStandards, standardTexts } from './standards.ts';
import { readStations, type StationsRead } from './stations.ts';
import { readText } from './text.ts';
import { readYaml, unread, type Read, type YamlFile } from './yaml.ts';

/** A whole, checked event folder; a `Network` itself, with its indexes. */
export type Config = Network & Judged & {
  dir: string; event: EventFile; calendar: Calendar; civil: Civil;
  standards: readonly Standard[];
  /** The standard that judges a civil day; one outside the event is judged as its nearest day within. */
  standardOn: (day: string) => Standard;
  rules: RulesFile; plan: PlanFile; duty: DutyFile; access: AccessFile; sources: SourcesFile['sources'];
  /** Allowed, and yet worth a look. */
  notices: readonly Problem[];
  /** What it was read from, `event/NAME` and `standards/NAME`, so that it can be laid down as it was. */
  texts: readonly (readonly [name: string, text: string])[];
};
export type Loaded = { ok: true; config: Config } | { ok: false; problems: Problem[] };

const REQUIRED = ['event.yaml', 'network.yaml', 'stations.csv'];
const FILES = [...REQUIRED, 'rules.yaml', 'plan.yaml', 'sources.yaml', 'duty.yaml', 'access.yaml'];

const defaultPlan = {
  ladders: [{ id: 'event-support', name: { zh: '活动保障', en: 'Event support' }, levels: [
    { id: 'III', name: { zh: '三级响应', en: 'Level III' }, colour: 'yellow' },
    { id: 'II', name: { zh: '二级响应', en: 'Level II' }, colour: 'orange' },
    { id: 'I', name: { zh: '一级响应', en: 'Level I' }, colour: 'red' },
  ] }],
};
const defaultSources = { sources: [{ id: 'default', kind: 'http', interval: 'PT1H' }] };

const missing = (file: string): Problem => ({ file, line: 0, field: '', message: 'is missing; an event needs event.yaml, network.yaml and stations.csv' });

/** A YAML file of the folder; one that may be missing has a default. */
async function yamlOf<S extends z.ZodType>(dir: string, of: YamlFile<S>, absent?: unknown): Promise<Read<z.output<S>>> {
  const found = await readText(dir, of.file);
  if ('problem' in found) return unread<z.output<S>>(of.file, null, [found.problem]);
  if ('text' in found) return readYaml(found.text, of);
  if (absent === undefined) return unread<z.output<S>>(of.file, null, [missing(of.file)]);
  return unread<z.output<S>>(of.file, of.schema.parse(absent), []);
}

async function stationsOf(dir: string): Promise<StationsRead> {
  const file = 'stations.csv';
  const found = await readText(dir, file);
  if ('text' in found) return readStations(found.text, file);
  return { file, rows: [], problems: ['problem' in found ? found.problem : missing(file)], spare: [] };
}

async function readAll(dir: string) {
  const [event, network, stations, rules, plan, sources, duty, access] = await Promise.all([
    yamlOf(dir, { file: 'event.yaml', schema: EventFile, fallback: eventStandIns }),
    yamlOf(dir, { file: 'network.yaml', schema: NetworkFile }),
    stationsOf(dir),
    yamlOf(dir, { file: 'rules.yaml', schema: RulesFile }, {}),
    yamlOf(dir, { file: 'plan.yaml', schema: PlanFile, fallback: () => defaultPlan }, defaultPlan),
    yamlOf(dir, { file: 'sources.yaml', schema: SourcesFile }, defaultSources),
    yamlOf(dir, { file: 'duty.yaml', schema: DutyFile }, {}),
    yamlOf(dir, { file: 'access.yaml', schema: AccessFile }, {}),
  ]);
  return { event, network, stations, rules, plan, sources, duty, access };
}
type All = Awaited<ReturnType<typeof readAll>>;

/** Problems between the stations' rows and the areas. */
function stationProblems({ stations }: All, made: { network: Network | null; right: boolean }, lost: ReadonlySet<string>): Problem[] {
  const rows = stations.rows;
  return stationMistakes(rows.map((row) => row.station), made.network)
    .filter((each) => each.name === undefined || !lost.has(each.name))
    .filter((each) => each.field !== 'evaluates' || made.right)
    .map(({ row, field, message }) => ({ file: stations.file, line: rows[row]?.line ?? 0, field, message }))
    .concat(spareStations(stations), made.network === null ? [] : spareAreas(stations, made.network, lost));
}

/** What is wrong between the event's own parts, and with the areas that it names. `sure`: the network is right. */
function eventProblems({ event, network }: All, made: Network | null, { lost, sure }: { lost: ReadonlySet<string>; sure: boolean }): Problem[] {
  if (event.value === null) return [];
  const calendar = calendarOf(event.value);
  const found = [...(calendar.ok ? [] : calendar.problems), ...(made === null ? [] : areaMistakes(event.value, made, sure))];
  return [...event.say(owned(found, event), lost), ...owned(spareLimits(event, network.value, lost), event).map(event.place)];
}

/** Every problem that shows only where files meet, as far as each could be read. */
async function meeting(all: All, made: Network | null): Promise<Problem[]> {
  const { event, network, stations, plan, sources, duty } = all;
  const yaml = [event, network, plan, sources, duty];
  const lost = new Set([...yaml.flatMap((read) => read.lost), ...stations.spare.map((each) => each.id)]);
  const ofNetwork = network.say(network.value === null ? [] : networkMistakes(network.value), lost);
  const right = network.problems.length + ofNetwork.length === 0;
  const ofStations = stationProblems(all, { network: made, right }, lost);
  const sure = right && stations.problems.length + ofStations.length === 0;
  const known = stations.rows.map((row) => row.station);
  const ids = known.map((station) => station.id);
  return [
    ...eventProblems(all, made, { lost, sure }), ...ofNetwork, ...ofStations,
    ...duty.say(duty.value === null ? [] : dutyMistakes(duty.value), lost),
    ...plan.say(plan.value === null ? [] : planMistakes(plan.value), lost),
    ...sources.say(sources.value === null || known.length === 0 ? [] : [...sourceMistakes(sources.value, known), ...deviceMistakes(sources.value, known), ...await feedMistakes(sources.value, known)], lost),
    ...spareParents(network, lost).map(network.place),
    ...(known.length === 0 ? [] : spareSources(sources, ids, lost).map(sources.place)),
    ...yaml.flatMap((read) => spareTwice(read).map(read.place)),
  ];
}

/** The network as far as it can be read: where every area has something wrong in it, one without areas, whose names are lost. */
function networkRead({ network, stations }: All): Network | null {
  const file = network.value ?? (network.spare.length > 0 ? { coordinates: 'exact' as const, areas: [] } : null);
  return file === null ? null : networkOf(file, stations.rows.map((row) => row.station));
}

/** The texts of the folder's own files and of its standards. */
async function textsOf(dir: string, standards: readonly Standard[]): Promise<[string, string][]> {
  const own = await Promise.all(FILES.map(async (name): Promise<[string, string][]> => {
    const found = await readText(dir, name);
    return 'text' in found ? [[`event/${name}`, found.text]] : [];
  }));
  return [...own.flat(), ...(await standardTexts(standards, dir)).map(([name, text]): [string, string] => [`standards/${name}`, text])];
}

function configOf(dir: string, all: All, of: { network: Network; standards: readonly Standard[] }): Omit<Config, 'texts'> {
  const { event, rules, plan, sources, duty, access } = all;
  if (event.value === null || rules.value === null || plan.value === null || sources.value === null || duty.value === null || access.value === null) throw new Error('a file without problems has no value');
  const judged = withPlaces(event.value, of.network.areas);
  const calendar = calendarOf(judged, new Set(of.network.cities.map((city) => city.id)));
  const [first] = of.standards;
  if (!calendar.ok || first === undefined) throw new Error('an event without problems has no calendar or no standard');
  return {
    ...of.network, ...judgedIn(of.network, judged), dir, event: judged, calendar: calendar.calendar, civil: calendar.calendar.civil,
    standards: of.standards, standardOn: (day) => stretchesOf(judged, of.standards, { from: day, to: day })[0]?.standard ?? first,
    rules: rules.value, plan: plan.value, duty: duty.value, access: access.value, sources: sources.value.sources,
    notices: [...standardNotices(judged, of.standards), ...notices(judged, of.network, sources.value)],
  };
}

const isFolder = async (dir: string): Promise<boolean> => stat(dir).then((found) => found.isDirectory(), () => false);

/**
 * Reads and checks an event folder. All problems of all files are told at once, each with file, line and field; needed
 * are `event.yaml`, `network.yaml` and `stations.csv`, the others have defaults.
 */
export async function loadEvent(dir: string): Promise<Loaded> {
  const folder = path.resolve(dir);
  if (!(await isFolder(folder))) return { ok: false, problems: [{ file: dir, line: 0, field: '', message: 'is no folder; expected an event folder such as config/beijing-2022' }] };
  const all = await readAll(folder);
  const network = networkRead(all);
  const named = all.event.value === null ? null : await readStandards(all.event.value, folder);
  const problems = [
    ...Object.values(all).flatMap((read) => read.problems), ...await meeting(all, network),
    ...(named === null ? [] : [...named.problems, ...all.event.say(named.missing, new Set())]),
  ];
  if (problems.length > 0 || network === null || named === null) return { ok: false, problems: inOrder(problems, FILES) };
  const config = configOf(folder, all, { network, standards: named.standards });
  return { ok: true, config: { ...config, texts: await textsOf(folder, named.standards), notices: [...config.notices, ...(await strangeFiles(folder))] } };
}
