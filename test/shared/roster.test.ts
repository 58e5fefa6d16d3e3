import { describe, expect, test } from 'vitest'
import { DutyFile, dutyMistakes } from '../../shared/duty.ts'
import { nextChange, onDuty, shiftsAt } from '../../shared/roster.ts'
import { civilOf } from '../../shared/time.ts'

const civil = civilOf('Asia/Shanghai')
const people = ['wang', 'li', 'chen', 'zhao'].map((id) => ({ id, name: id }))
const shifts = [{ id: 'day', name: { zh: '白班', en: 'day' }, from: '08:00', to: '20:00' }, { id: 'night', name: { zh: '夜班', en: 'night' }, from: '20:00', to: '+1 08:00' }]
const roster = [
  { shift: 'day', from: '2022-02-04', to: '2022-02-05', duty: ['wang'], leader: ['chen'] }, { shift: 'night', from: '2022-02-04', to: '2022-02-04', duty: ['li'], leader: ['zhao'] },
]
const duty = (more: object = {}) => DutyFile.parse({ people, shifts, roster, ...more })
const who = (when: string, more: object = {}, seat: 'duty' | 'leader' | 'commander' = 'duty') => {
  const [day = '', time] = when.split(' ')
  return onDuty(duty(more), civil, { seat, at: civil.at(day, time) }).map(({ person, for: place }) => (place === null ? person.id : `${person.id} for ${place}`))
}

describe('who is on duty', () => {
  test.each([
    ['2022-02-04 08:00', ['wang']], ['2022-02-04 19:59', ['wang']], ['2022-02-04 20:00', ['li']], ['2022-02-05 07:59', ['li']], ['2022-02-05 08:00', ['wang']],
    ['2022-02-05 20:00', []], ['2022-02-04 07:59', []],
  ])('at %s: %j, by the shift that began on its own day, past midnight too', (when, expected) => { expect(who(when)).toEqual(expected) })

  test('a substitute stands in for the day on which the shift began, and may have one in turn; a ring of them has nobody', () => {
    const leave = (more: object[]) => ({ leave: [{ person: 'li', from: '2022-02-04', to: '2022-02-04', substitute: 'wang' }, ...more] })
    expect(who('2022-02-05 03:00', leave([]))).toEqual(['wang for li'])
    expect(who('2022-02-05 03:00', leave([{ person: 'wang', from: '2022-02-04', to: '2022-02-04', substitute: 'chen' }]))).toEqual(['chen for li'])
    expect(who('2022-02-05 03:00', leave([{ person: 'wang', from: '2022-02-04', to: '2022-02-04', substitute: 'li' }]))).toEqual([])
    expect(who('2022-02-05 03:00', { leave: [{ person: 'li', from: '2022-02-04', to: '2022-02-04' }] })).toEqual([])
  })

  test('a seat that the roster leaves empty has nobody', () => { expect(who('2022-02-04 12:00', {}, 'commander')).toEqual([]) })

  test('the running shift says from when to when, and when it changes next', () => {
    const at = civil.at('2022-02-05', '03:00')
    expect(shiftsAt(duty(), civil, at)).toMatchObject([{ id: 'night', start: civil.at('2022-02-04', '20:00'), end: civil.at('2022-02-05', '08:00') }])
    expect(nextChange(duty(), civil, at)).toBe(civil.at('2022-02-05', '08:00'))
    expect(nextChange(duty(), civil, civil.at('2022-02-09'))).toBe(null)
  })
})

test('names that nobody has are told, each with its place', () => {
  const wrong = DutyFile.parse({
    people, shifts, roster: [{ shift: 'dya', from: '2022-02-04', to: '2022-02-04', duty: ['wagn'] }], leave: [{ person: 'nobody', from: '2022-02-04', to: '2022-02-04', substitute: 'x' }],
    channels: [{ id: 'hook', kind: 'webhook' }], tell: [{ by: ['hok'], otherwise: ['hook', 'y'] }],
  })
  expect(dutyMistakes(wrong).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    'roster.0.shift: no shift "dya"; did you mean "day"?', 'roster.0.duty.0: no person "wagn"; did you mean "wang"?',
    expect.stringMatching(/^leave\.0\.person: no person "nobody"/), expect.stringMatching(/^leave\.0\.substitute: no person "x"/),
    'tell.0.by.0: no channel "hok"; did you mean "hook"?', expect.stringMatching(/^tell\.0\.otherwise\.1: no channel "y"/),
    'channels.0.url: is missing; name an address, or with urlEnv the variable that holds it',
  ])
})

test('steps that do not come one after the other are refused', () => {
  expect(DutyFile.safeParse({ escalation: { critical: [{ after: 'PT10M', to: 'leader' }, { after: 'PT5M', to: 'commander' }] } }).success).toBe(false)
})
