import { describe, expect, test } from 'vitest'
import { weakness } from '../../shared/password.ts'

describe('a password', () => {
  test.each(['x7-q', 'short x'])('of fewer than eight characters is refused: %s', (password) => {
    expect(weakness(password, 'li')).toContain('at least 8')
  })

  test.each(['password', '12345678', 'password12', 'P@ssw0rd2024', 'Admin12345!', '1234567890', '13812345678', 'qwertyuiop', '1qaz2wsx3edc', 'aaaaaaaaaa', 'abcabcabcabc', 'Welcome2022', 'woaini1314520'])('that is guessed first is refused: %s', (password) => {
    expect(weakness(password, 'li')).not.toBe(null)
  })

  test.each([['wang.xiaoming', 'WangXiaoming1'], ['leader-night', 'leadernight22'], ['zhaoliu', 'zhaoliuzhaoliu']])('that is the name of the account is refused: %s, %s', (name, password) => {
    expect(weakness(password, name)).toContain('own name')
  })

  test.each(['correct horse', 'kvm2u-9xwpa', '晴空万里风和日丽天高云', 'a password for a test', 'Tq7-rock-42'])('of words that do not belong together is taken: %s', (password) => {
    expect(weakness(password, 'li')).toBe(null)
  })
})
