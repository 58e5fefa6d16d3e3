/** Passwords that people give: long enough, and not among those that are guessed first. */

export const SHORTEST = 8;

/** Words that, with digits and signs around them, head every list of passwords that were found out. */
const COMMON = new Set(`a aa aaa abc abcabc abcd abcdef abcdefgh abcdefghij admin adminadmin administrator aini andrew arsenal asd asdf asdfgh asdfghjkl ashley auditor autumn azerty barcelona
baseball basketball batman beijing buster caonima change changeme charlie chelsea chen china cisco company computer daniel database dearbook default demo dragon dutyduty
e ferrari flower football forever freedom george gongan google guest harley hello hellohello helloworld huawei hunter iloveyou iloveyouu internet jennifer jessica jordan
joshua killer leaderleader letmein letmeinnow linux liu liverpool login lovelove loveme loveyou manager master matrix matthew mercedes michael microsoft mima monitor
monkey mustang nihao nihaoma ninja office olympic olympics operator oracle pass passpass passwd password passwordpassword passwort pokemon princess q qazwsx qazwsxedc
qingkong qw qwaszx qwe qweasd qweasdzxc qweqwe qwerty qwertyui qwertyuiop qwertz r ranger raspberry realmadrid root samsung secret secrets security server service shadow
shanghai spring starwars summer sunshine superman support system t test tester testtest thomas tianya trustno ubuntu user w wang welcome welcomeback whatever windows
winter woaini woainima woaiwojia wodemima wq xiaoming zhang zhongguo zxc zxcvbn zxcvbnm`.split(/\s+/));

const SIGNS: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', '5': 's', $: 's', '7': 't' };
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');
/** What is left of a password without what is put around a word, or in place of its letters, to make it look like one. */
const coresOf = (password: string): string[] => [letters(password), letters(password.replace(/[^\p{L}]+$/u, '').replace(/[@4310!5$7]/g, (sign) => SIGNS[sign] ?? sign))];

/** Keys in the order of a keyboard or of counting, each beside the one before, up and down its columns too. */
const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop[]', 'asdfghjkl;', 'zxcvbnm,./', '1qaz2wsx3edc4rfv5tgb6yhn7ujm', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0', '1a2b3c4d5e6f7g8h', 'a1b2c3d4e5f6g7h8', '!qaz@wsx#edc$rfv'];
const inOrder = (password: string): boolean => ROWS.some((row) => [row, [...row].reverse().join('')].some((way) => way.repeat(2).includes(password.toLowerCase())));

/** What is wrong with a password for the account of a name, in words; null: nothing. */
export function weakness(password: string, name: string): string | null {
  if ([...password].length < SHORTEST) return `a password has at least ${SHORTEST} characters`;
  if (/^[\d\s.+-]+$/.test(password)) return 'digits alone are found out: add some letters, or take some words';
  const cores = coresOf(password);
  const own = letters(name);
  if (own !== '' && cores.some((core) => core !== '' && core.replaceAll(own, '') === '')) return 'a password is not the account\'s own name';
  const known = new Set(password.toLowerCase()).size < 5 || inOrder(password) || cores.some((core) => COMMON.has(core));
  return known ? 'this one is among those that are guessed first: take some words that do not belong together' : null;
}
