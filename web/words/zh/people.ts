export const people = {
  title: '账号与令牌', back: '返回值守台', loading: '正在读取…', failed: '读取失败，稍后重试', close: '关闭', mayNot: '账号与令牌由管理员管理；带班领导和审计员可以查看。',
  once: '只显示这一次，关闭后无法再看', copy: '复制', copied: '已复制', generated: '留空则自动生成', asked: '没有完成',
  accounts: {
    title: '人员', add: '新增账号…', none: '没有账号', name: '姓名', role: '角色', by: '登录方式', totp: '验证码', seen: '最近使用', state: '状态', change: '更改…', changeOf: '更改 {name}',
    vouched: '单点登录', own: '密码', on: '已启用', off: '未启用', never: '从未', disabled: '已停用', enabled: '可登录', failed: '登录失败 {n} 次，自 {since}', last: '唯一有密码的管理员，不能停用',
  },
  add: { title: '新增账号', submit: '新增', password: '密码（至少 8 位，{hint}）', done: '已新增 {name}（{role}）。' },
  edit: {
    role: '角色', setRole: '改角色', password: '新密码（至少 8 位，{hint}）', setPassword: '设新密码', totp: '登录时另须验证码', totpOn: '启用验证码', totpAgain: '更换验证器', totpOff: '取消验证码',
    sessions: '在各处的登录', signOut: '全部退出', account: '账号', disable: '停用账号', enable: '启用账号', vouched: '由单点登录管理：角色在每次登录时取自单点登录，密码与验证码也由它管理。', self: '自己的密码和验证码请在“我的账号”中更改。',
    done: { role: '{name} 现在是{role}。', password: '{name} 的密码已更换，其他登录已结束。', disable: '{name} 已停用，登录已结束。', enable: '{name} 可以登录了。', 'sign-out': '{name} 已在各处退出。', totp: '{name} 登录时须输入验证码。', totpOff: '{name} 只凭密码登录。' },
    newPassword: '{name} 的密码',
  },
  tokens: {
    title: '令牌', what: '数据来源用令牌上报读数，大屏用令牌显示；令牌不能登录。', kind: '类型', kinds: { source: '数据来源', screen: '大屏' }, name: '名称', created: '建立于', state: '状态', inForce: '有效', revoked: '{when} 吊销',
    add: '新增令牌', source: '数据来源', screen: '大屏名称', submit: '新增', revoke: '吊销', revokeOf: '吊销 {name}（{id}）', sure: '确认吊销', none: '没有有效的令牌', all: '也显示已吊销的（{n}）', made: '{kind} {name} 的令牌', address: '大屏地址',
    done: '已吊销 {name}（{id}）。',
  },
  me: {
    title: '我的账号', vouched: '经单点登录进入：密码与验证码由单点登录管理。', password: '改密码', current: '当前密码', fresh: '新密码（至少 8 位）', again: '再次输入新密码', differ: '两次输入的新密码不一致', setPassword: '更改密码',
    changed: '密码已更改，在其他地方的登录已结束。', totp: '验证码', on: '登录时须输入验证器上的六位验证码。', off: '登录时只凭密码。启用后另须手机验证器上的六位验证码。', begin: '启用验证码…', stop: '取消验证码', scan: '用手机验证器扫码，或输入密钥：', qr: '验证器二维码',
    code: '验证器上的六位验证码', confirm: '启用', begun: '验证码已启用，在其他地方的登录已结束。', ended: '验证码已取消，在其他地方的登录已结束。', cancel: '取消',
  },
}
