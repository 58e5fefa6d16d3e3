export const login = {
  title: '登录', name: '姓名', password: '密码', submit: '登录', busy: '登录中…',
  code: '验证码', 'needs-code': '请输入验证器上的六位验证码', 'bad-code': '验证码不正确或已用过', wrong: '姓名或密码不对', slow: '尝试过多，请稍后再试', lost: '连不上服务器', other: '没有登录：{detail}',
  hint: '账号由管理员在服务器上建立。', show: '显示密码',
}
