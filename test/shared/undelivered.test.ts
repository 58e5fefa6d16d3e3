import { expect, test } from 'vitest'
import { undeliveredBy } from '../../shared/undelivered.ts'

test('why a message was not delivered is known by its beginning, with what is said besides; a service\'s own words are left as they are', () => {
  expect(undeliveredBy('cannot be reached (ECONNREFUSED)')).toEqual({ code: 'unreached', more: ' (ECONNREFUSED)' })
  expect(undeliveredBy('no answer in time')).toEqual({ code: 'late', more: '' })
  for (const own of ['130101: send too fast', 'HTTP 500', 'cannot be reached by anybody', '']) expect(undeliveredBy(own)).toBe(null)
})
