/** The life of an alert as a page to read: `life.md`, printed from the very table that `alert.ts` goes by. */
import type { AlertFactKind } from './fact.ts';
import { COVER_LIFE, COVERINGS, COVERS, type CoverStep, HAPPENINGS, LIFE, LIFE_STATES, type Step } from './life.ts';

const STATES: Readonly<Record<(typeof LIFE_STATES)[number] | (typeof COVERS)[number], string>> = {
  none: '无 none', unacknowledged: '未确认 unacknowledged', acknowledged: '已确认 acknowledged', 'held-unacknowledged': '保持·未确认 held, unacknowledged',
  'held-acknowledged': '保持·已确认 held, acknowledged', returned: '已恢复 returned', withdrawn: '已撤销 withdrawn', closed: '已关闭 closed',
  open: '无遮盖 open', shelved: '搁置 shelved', suppressed: '抑制 suppressed', 'shelved-and-suppressed': '搁置且抑制 shelved and suppressed',
};

const MEANING: Readonly<Record<(typeof HAPPENINGS)[number] | (typeof COVERINGS)[number], string>> = {
  over: '超标（有效数据判定） over the limit, as news', graver: '更严重 over, and of a higher severity', revalued: '修订改变了数值 a revision changed the figure of a breach',
  unknown: '数据不足 no longer known, for want of data', under: '恢复 under again', revised: '修订使其不成立 a revision took its ground away',
  superseded: '被更明确的警报取代 another alert says more', unlimited: '限值不再适用 no limit holds any more', 'period-over': '时段已过 its period stopped being news',
  signed: '多角色之一确认 one of several roles acknowledged', acknowledged: '确认 acknowledged', again: '再次提请（确认到期、搁置或抑制结束） asks again: an acknowledgement expired, a shelf or suppression ended',
  shelve: '人工搁置 shelved by a person', unshelve: '人工取消搁置 taken off by a person', 'shelf-ends': '搁置到时 its time is over', suppress: '系统抑制 suppressed by design', release: '抑制结束 released',
};

const facts = (kinds: readonly AlertFactKind[]): string => (kinds.length === 0 ? '' : ` (${kinds.map((kind) => kind.slice('alert-'.length)).join(', ')})`);

function cell(step: Step | CoverStep): string {
  if (step === 'stays') return '–';
  if (step === 'refused') return '拒绝 refused';
  const then = 'then' in step && step.then !== null ? `; ${step.then}` : '';
  return `${STATES[step.to].split(' ')[0] ?? ''}${facts(step.facts)}${then}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
function table<S extends string, H extends keyof typeof MEANING>(states: readonly S[], happenings: readonly H[], at: (state: S, happening: H) => string): string {
  const name = (state: S): string => STATES[state as unknown as keyof typeof STATES];
  return [row(['', ...states.map(name)]), row(['---', ...states.map(() => '---')]), ...happenings.map((each) => row([MEANING[each], ...states.map((state) => at(state, each))]))].join('\n');
}

/** Markdown; a dash: nothing changes. */
export function lifePage(): string {
  return `# 警报的一生 · The life of an alert

由 [life.ts](life.ts) 的表打印，测试保证两者一致。After ISA-18.2 (IEC 62682); printed from the table in [life.ts](life.ts), which judgement and the desk go by, and a test keeps them the same.
A cell is where a happening leads, with the facts it writes; a dash: nothing changes; refused: only a person asks for it, and is told why not.
*Held* is our own: the condition is unknown for want of data. An alert without data never clears itself.

${table(LIFE_STATES, HAPPENINGS, (state, happening) => cell(LIFE[state][happening]))}

What *over*, *under* and *revised* mean depends on the kind. *Exceeded* never returns by itself: only a revision withdraws it. *Locked* returns only by a
revision. *Projected* and *silent* return when their condition is under. Every new occurrence, and every asking again, has a number of its own, which nobody has acknowledged.

## 遮盖 · What covers it

Beside its state an alert may be shelved by a person (at most twelve hours, with a reason; what is critical by a leader) or suppressed by the system by
design (station out of service, station under maintenance, a drill phase where \`rules.yaml\` says so). It goes on being judged, is listed and marked, and
disturbs nobody. What is shelved is the kind, place and pollutant: the next hour's alert of them too, unless it is graver. Taken off by a person it is acknowledged
by that person; where it needs the word of other roles too, it asks them again first. What has returned or was withdrawn is uncovered silently, and asks nobody.

${table(COVERS, COVERINGS, (state, happening) => cell(COVER_LIFE[state][happening]))}
`;
}
