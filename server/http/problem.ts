/** Refusals as RFC 9457 problems: a stable `code` for programs, a title in both languages for people, a detail for whoever mends it. */
import type { Request, RequestHandler, Response } from 'express';
import type { ProblemCode } from '../../shared/codes.ts';
import type { Refused } from './ports.ts';

type Title = { zh: string; en: string };
type Known = { status: number; title: Title };

/** Every code has a title of its own, whoever found the fault; its status is that of HTTP's own answer. */
const CODES = {
  'bad-json': { status: 400, title: { zh: '内容无法解析', en: 'The body cannot be read' } },
  'bad-request': { status: 400, title: { zh: '请求有误', en: 'The request is not right' } },
  'no-longer-known': { status: 409, title: { zh: '当时所知已无从查考', en: 'What was known then can no longer be told' } },
  'not-yet': { status: 400, title: { zh: '这一时刻尚未到来', en: 'That moment is still to come' } },
  'before-records': { status: 404, title: { zh: '早于记录的开始', en: 'Before the records begin' } },
  'bad-query': { status: 400, title: { zh: '查询范围有误', en: 'The query cannot be answered' } },
  'no-token': { status: 401, title: { zh: '没有有效的令牌或登录', en: 'No valid token or session' } },
  'bad-credentials': { status: 401, title: { zh: '姓名或密码不正确', en: 'Wrong name or password' } },
  'needs-code': { status: 401, title: { zh: '还需要验证码', en: 'A code is wanted as well' } },
  'bad-code': { status: 401, title: { zh: '验证码不正确或已用过', en: 'The code is wrong, or was used already' } },
  'wrong-role': { status: 403, title: { zh: '没有此项权限', en: 'Not allowed to this role' } },
  'foreign-origin': { status: 403, title: { zh: '不接受其他网站的请求', en: 'Another site may not ask this' } },
  'not-found': { status: 404, title: { zh: '没有这个地址', en: 'There is nothing here' } },
  'unknown-alert': { status: 404, title: { zh: '没有这条警报', en: 'No such alert' } },
  'unknown-order': { status: 404, title: { zh: '没有这条指令', en: 'No such order' } },
  'unknown-place': { status: 404, title: { zh: '没有这个地点', en: 'No such place' } },
  'already-acknowledged': { status: 409, title: { zh: '已由他人确认', en: 'Somebody else has acknowledged it' } },
  'stale-occurrence': { status: 409, title: { zh: '不是该警报当前的这一次发生', en: 'Not the occurrence that the alert is at' } },
  'stale-version': { status: 409, title: { zh: '内容已有变化', en: 'It has changed since' } },
  'nothing-to-acknowledge': { status: 409, title: { zh: '警报已关闭，无须确认', en: 'The alert is closed' } },
  'nothing-to-shelve': { status: 409, title: { zh: '警报已关闭，无须搁置', en: 'The alert is closed' } },
  'too-long': { status: 400, title: { zh: '搁置最长 12 小时', en: 'Nothing is shelved for longer than 12 hours' } },
  'not-ahead': { status: 400, title: { zh: '所选时间已过', en: 'That time has passed' } },
  'needs-leader': { status: 403, title: { zh: '严重警报的搁置须由带班领导决定', en: 'To shelve what is critical is for a leader' } },
  'not-shelved': { status: 409, title: { zh: '该警报没有被搁置', en: 'The alert is not shelved' } },
  'already-disposed': { status: 409, title: { zh: '已经办结', en: 'It is dealt with already' } },
  'not-diagnosed': { status: 409, title: { zh: '尚未研判原因和责任单位', en: 'Its cause and the responsible unit are not said yet' } },
  'not-acknowledged': { status: 409, title: { zh: '尚未确认', en: 'Nobody has acknowledged it yet' } },
  'already-out': { status: 409, title: { zh: '该站点已停用', en: 'The station is out of service already' } },
  'not-out': { status: 409, title: { zh: '该站点在用', en: 'The station is in service' } },
  'offered-already': { status: 409, title: { zh: '已有他人交班，尚待接班', en: 'Somebody else has offered this shift' } },
  'asking-unnamed': { status: 409, title: { zh: '有未确认的警报没有列明', en: 'Alerts that ask for somebody are not named' } },
  'needs-note': { status: 400, title: { zh: '有未确认的警报，须写明交接事项', en: 'Alerts ask for somebody: a note is needed' } },
  'no-handover': { status: 409, title: { zh: '没有待接的班', en: 'No shift is being handed over' } },
  'unknown-call': { status: 404, title: { zh: '没有这项待打的电话', en: 'No such call is owed' } },
  'same-person': { status: 409, title: { zh: '交班人不能自己接班', en: 'Whoever hands over does not take it' } },
  'key-reused': { status: 409, title: { zh: '幂等键已用于其他操作', en: 'The idempotency key was used for something else' } },
  'unknown-ladder': { status: 400, title: { zh: '预案中没有这套级别', en: 'The plan has no such ladder' } },
  'unknown-level': { status: 400, title: { zh: '这套级别中没有这一级', en: 'The ladder has no such level' } },
  'no-areas': { status: 400, title: { zh: '没有选择区域', en: 'No area was named' } },
  'unknown-area': { status: 400, title: { zh: '没有这个区域', en: 'No such area' } },
  'level-unchanged': { status: 409, title: { zh: '所选区域均已是这一级', en: 'The level is in force there already' } },
  'not-in-force': { status: 409, title: { zh: '所选区域没有生效的响应', en: 'No response is in force there' } },
  'nothing-to-review': { status: 409, title: { zh: '没有可复核的读数', en: 'No reading there to review' } },
  'already-verified': { status: 409, title: { zh: '已经核定', en: 'It is verified already' } },
  'wrong-step': { status: 409, title: { zh: '指令当前不能进行这一步', en: 'The order cannot take that step now' } },
  'no-exercise': { status: 404, title: { zh: '没有正在进行的演习', en: 'No exercise is under way' } },
  'exercise-running': { status: 409, title: { zh: '已有演习正在进行', en: 'An exercise is under way already' } },
  'unknown-script': { status: 404, title: { zh: '没有这个演习脚本', en: 'No such script' } },
  'faulty-script': { status: 409, title: { zh: '演习脚本有误', en: 'The script is not right' } },
  'unknown-exercise': { status: 404, title: { zh: '没有这次演习', en: 'No such exercise' } },
  'no-summary': { status: 404, title: { zh: '演习不出达标总结', en: 'No summary comes of an exercise' } },
  'unknown-person': { status: 404, title: { zh: '没有这个账号', en: 'No such account' } },
  'name-taken': { status: 409, title: { zh: '已有同名账号', en: 'The name is taken' } },
  'screen-taken': { status: 409, title: { zh: '已有同名大屏', en: 'There is a screen of this name' } },
  'bad-name': { status: 400, title: { zh: '名称不能使用', en: 'The name cannot be used' } },
  'weak-password': { status: 400, title: { zh: '密码太容易被猜到', en: 'The password is too easily guessed' } },
  'wrong-password': { status: 403, title: { zh: '当前密码不正确', en: 'The present password is wrong' } },
  'last-admin': { status: 409, title: { zh: '这是唯一有密码的管理员', en: 'The only admin with a password' } },
  'by-sign-on': { status: 409, title: { zh: '由单点登录管理', en: 'Kept by the single sign-on' } },
  'own-account': { status: 409, title: { zh: '自己的账号请在“我的账号”中更改', en: 'One\'s own account is changed by oneself' } },
  'account-unchanged': { status: 409, title: { zh: '账号已是这样', en: 'The account is so already' } },
  'unknown-token': { status: 404, title: { zh: '没有这个有效的令牌', en: 'No such token in force' } },
  'unknown-source': { status: 400, title: { zh: '没有这个数据来源', en: 'No such source' } },
  replaying: { status: 409, title: { zh: '正在回放，不接收读数', en: 'A replay takes no readings' } },
  'too-large': { status: 413, title: { zh: '内容过大', en: 'The body is too large' } },
  'wrong-type': { status: 415, title: { zh: '不支持的内容类型', en: 'The body is of no type that is read here' } },
  'too-many': { status: 429, title: { zh: '登录尝试过多，请稍候', en: 'Too many attempts to sign in; wait a little' } },
  internal: { status: 500, title: { zh: '服务器内部错误', en: 'The server has failed' } },
  'not-durable': { status: 503, title: { zh: '暂时无法保存', en: 'It cannot be kept just now' } },
  'not-ready': { status: 503, title: { zh: '正在启动', en: 'Starting' } },
} as const satisfies Record<ProblemCode, Known>;
export type Code = ProblemCode;

/** More of a problem than its code: members of its own, and headers that go with it. */
export type More = { extra?: object; headers?: Record<string, string> };
type Told = { status: number; code: Code; title: Title; detail: string } & More;

function send(res: Response, { status, code, title, detail, extra, headers }: Told): void {
  const english = res.req.acceptsLanguages(['zh', 'en']) === 'en';
  if (headers !== undefined) res.set(headers);
  res.status(status).type('application/problem+json').send(JSON.stringify({
    ...extra, type: `urn:qingkong:problem:${code}`, title: english ? title.en : title.zh, titles: title, status, code, detail,
  }));
}

/** Answers with a problem that HTTP itself found. */
export function problem(res: Response, code: Code, told: More & { detail: string }): void {
  send(res, { code, ...CODES[code], ...told });
}

const RETRY = { 'Retry-After': '5' };

/** Answers with what a room refused; its `at` is written as civil time. */
export function refusal(res: Response, refused: Refused, iso: (instant: number) => string): void {
  const { status, code, detail, extra } = refused;
  const { title } = CODES[code];
  const { at, ...rest } = extra ?? {};
  send(res, {
    status, code, title, detail, extra: at === undefined ? rest : { ...rest, at: iso(at) }, ...(status === 503 ? { headers: RETRY } : {}),
  });
}

export const notFound: RequestHandler = (req: Request, res: Response) => {
  problem(res, 'not-found', { detail: `${req.method} ${req.path.slice(0, 200)}` });
};
