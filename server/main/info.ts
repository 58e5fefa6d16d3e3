/** What does not change while the server runs, as the faces need it. */
import { hourClass, pmClasses } from '../../shared/air-class.ts';
import type { Air } from '../../shared/fact.ts';
import type { Classify } from '../../shared/cells.ts';
import { stretchesOf } from '../../shared/effective.ts';
import { remembered } from '../../shared/remembered.ts';
import { aqiAsked } from '../../shared/city-aqi.ts';
import type { EventInfo, StandardInfo } from '../../shared/wire.ts';
import type { Config } from '../config.ts';
import { inventedInShort } from '../sources/simulator/cities.ts';

/** The standards that judge the event, as long as each does, with the classes that colour the map. */
const standardsOf = ({ event, standards, civil }: Config): StandardInfo[] => stretchesOf(event, standards, event.period).map(({ from, standard }) => ({
  id: standard.id, name: standard.name, start: civil.at(from), classes: pmClasses(standard).map(({ name, colour, upTo }) => ({ name, colour, upTo })),
}));

export function eventInfo(config: Config, { air, build }: { air: Air; build: string }): EventInfo {
  const { event, calendar, plan } = config;
  return {
    id: event.id, name: event.name, timezone: event.timezone, air, period: event.period, phases: event.phases,
    keyDates: [...calendar.keyDates], limits: event.limits, areas: [...config.areas], stations: [...config.stations],
    ladders: plan.ladders, measures: plan.measures, standards: standardsOf(config), build,
    airNote: air === 'simulated' ? inventedInShort : null, aqi: aqiAsked(event) !== null,
  };
}

export const classifier = (config: Config): Classify => {
  const standardAt = remembered((start: number) => config.standardOn(config.civil.day(start)));
  return (mean, start) => hourClass(standardAt(start), mean);
};
