/** All wording, one file a face and language. Chinese is what users read first; English says the same. */
import { createI18n } from 'vue-i18n'
import { calendar as calendarEn } from './en/calendar.ts'
import { desk as deskEn } from './en/desk.ts'
import { exercise as exerciseEn } from './en/exercise.ts'
import { login as loginEn } from './en/login.ts'
import { people as peopleEn } from './en/people.ts'
import { report as reportEn } from './en/report.ts'
import { shared as sharedEn } from './en/shared.ts'
import { wall as wallEn } from './en/wall.ts'
import { calendar } from './zh/calendar.ts'
import { desk } from './zh/desk.ts'
import { exercise } from './zh/exercise.ts'
import { login } from './zh/login.ts'
import { people } from './zh/people.ts'
import { report } from './zh/report.ts'
import { shared } from './zh/shared.ts'
import { wall } from './zh/wall.ts'
import { firstLanguage } from './language.ts'

/** What the other language must have: the same keys, each with a text of its own. */
const zh = { ...shared, wall, calendar, desk, exercise, login, people, report }
const en = { ...sharedEn, wall: wallEn, calendar: calendarEn, desk: deskEn, exercise: exerciseEn, login: loginEn, people: peopleEn, report: reportEn }

export const words = createI18n({
  legacy: false, locale: firstLanguage(window.location.search), fallbackLocale: 'zh',
  messages: { zh, en }, missingWarn: false, fallbackWarn: false,
})
