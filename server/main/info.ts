/** What does not change while the server runs, as the faces need it. */
import { hourClass, pmClasses } from '../../shared/aqi.ts';
import type { Air } from '../../shared/fact.ts';
import type { Classify } from '../../shared/cells.ts';
import type { Standard } from '../../shared/standard.ts';
import type { EventInfo } from '../../shared/wire.ts';
import type { Config } from '../config.ts';
import { inventedInShort } from '../sources/simulator/cities.ts';

/** The standard that judges the event's first day: its classes colour the map, its id stands in the summary. */
export const standardOf = (config: Config): Standard => config.standardOn(config.event.period.from);

export function eventInfo(config: Config, { air, build }: { air: Air; build: string }): EventInfo {
  const { event, calendar, plan } = config;
  return {
    id: event.id, name: event.name, timezone: event.timezone, air, period: event.period, phases: event.phases,
    keyDates: [...calendar.keyDates], limits: event.limits, areas: [...config.areas], stations: [...config.stations],
    ladders: plan.ladders, measures: plan.measures, standard: standardOf(config).id, classes: pmClasses(standardOf(config)).map(({ name, colour, upTo }) => ({ name, colour, upTo })), build,
    airNote: air === 'simulated' ? inventedInShort : null,
  };
}

export const classifier = (config: Config): Classify => {
  const standard = standardOf(config);
  return (mean) => hourClass(standard, mean);
};
