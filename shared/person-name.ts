/** Names of accounts: what one may be made of, and when two of them read as one. */

/** What a new name may be made of, narrower than what may be typed to sign in: it stands in lists, logs and reports. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@'·-]*$/u;
/** Letters of several scripts that look alike, in one name. */
const MIXED = /^(?=.*\p{Script=Latin})(?=.*[\p{Script=Cyrillic}\p{Script=Greek}])/u;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** A letter, and all that are taken for it: of other scripts, and digits. */
const LOOK_ALIKES = {
  a: 'аα', b: 'вьβ', c: 'сϲ', d: 'ԁ', e: 'еєҽ', g: 'ɡց', h: 'һհн', i: 'іιıl1ӏɩ', j: 'јϳ', k: 'кκ', m: 'м', n: 'ոη', o: '0оοօσ', p: 'рρ', q: 'ԛզ', r: 'гᴦ', s: 'ѕ', t: 'тτ', u: 'υս', v: 'ѵν', w: 'ԝա', x: 'хχ', y: 'уγү', z: 'ᴢ',
  工: 'エ', 口: 'ロ', 二: 'ニ', 八: 'ハ', 力: 'カ', 夕: 'タ', 卜: 'ト', 一: 'ー',
};
const SEEN_AS = new Map(Object.entries(LOOK_ALIKES).flatMap(([letter, others]) => [...others].map((other) => [other, letter])));

/** As a new name is written down. */
export const plainName = (name: string): string => name.trim().normalize('NFKC');

/** What a reader sees of a name: equal for two that are taken for each other. */
export const nameKey = (name: string): string =>
  [...plainName(name).replace(UNSEEN, '').toUpperCase().toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ')].map((letter) => SEEN_AS.get(letter) ?? letter).join('');

/** The room itself acts under a name of its own. */
const ROOM = nameKey('system');

export const isName = (name: string): boolean => name.length <= 64 && name.trim() === name && PLAIN.test(name) && !MIXED.test(name) && name.search(UNSEEN) < 0 && nameKey(name) !== ROOM;

/** Who is meant by a name: who bears just this one, else the first of those who read the same. */
export function bearerOf<P extends { name: string }>(people: readonly P[], name: string): P | undefined {
  return people.find((person) => person.name === name) ?? people.find((person) => nameKey(person.name) === nameKey(name));
}
