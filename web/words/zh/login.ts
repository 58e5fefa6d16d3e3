import type { SignOnFailure } from '../../../shared/sign-on.ts'

export const login = {
  title: '登录', name: '姓名', password: '密码', submit: '登录', busy: '登录中…',
  code: '验证码', 'needs-code': '请输入验证器上的六位验证码', 'bad-code': '验证码不正确或已用过', wrong: '姓名或密码不对', slow: '尝试过多，请稍后再试', lost: '连不上服务器', other: '没有登录：{detail}',
  signOn: '单点登录', or: '或', also: '如经单点登录进入，公用电脑上请一并', end: '退出单点登录',
  refused: {
    'provider-down': '单点登录暂时连不上，可用密码登录，或稍后再试', interrupted: '单点登录已过时或被打断，请重新开始', declined: '单点登录没有同意：未登录或已取消',
    untrusted: '单点登录的答复未通过校验，没有登录。请告知管理员', 'no-role': '单点登录成功，但您在这里没有角色。请联系管理员', disabled: '您的账号已停用。请联系管理员',
    'name-taken': '这里已有同名的账号，不能由单点登录使用。请联系管理员', 'name-unusable': '单点登录给出的姓名不能使用。请联系管理员', 'too-many': '尝试过多，请稍后再试',
  } satisfies Record<SignOnFailure, string>,
  hint: '账号由管理员建立。', show: '显示密码',
}
