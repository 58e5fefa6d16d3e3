import type { NoticeCode, ProblemCode, ReasonCode } from '../../../shared/codes.ts'

/** What went wrong where no problem came with a code of the server's. */
type Unanswered = 'lost' | 'http-401' | 'other'

export const desk = {
  title: '值守台', and: '、', faces: '其他界面', day: '第 {n} 天，共 {of} 天', leave: '退出', close: '关闭', cancel: '取消', away: '收起', said: '操作结果',
  loading: '读取中…', since: '{when} 起', wholeDay: '{day} 全天',
  alerts: '警报', response: '应急响应', inHand: '当前警报', nothingInHand: '从左侧选择一条警报（J / K 上下移动）',
  noAlerts: '没有未关闭的警报', noLevels: '没有生效的响应级别', noPlan: '本活动没有预案措施：可以启动级别，但不会下达指令',
  waits: '未确认 {span}', raised: '{when} 触发（{span}前）', occurrence: '第 {n} 次发生',
  condition: '当前', state: '状态', by: '确认人',
  filter: { label: '显示哪些警报', open: '未关闭', all: '近 7 天全部' },
  view: { list: '警报', hand: '当前', response: '响应' },
  sound: { on: '声音开', off: '声音关闭', blocked: '声音未开启，点此开启', test: '试音' },
  band: {
    simulated: '模拟数据', silent: '模拟时钟 · 无数据源', replay: '历史回放 · 并非当前', drill: '演练 · 并非实战', standing: '活动已结束，时钟停止',
    evaluating: '刚启动，正在判定', stale: '{when} 起没有收到服务器消息：以下内容均已过期，操作停用', never: '尚未连上服务器，操作停用',
    disconnected: '与服务器断开，正在重连：操作停用', refused: '服务器不接受此连接：请重新登录',
    notDurable: '服务器磁盘无法写入：操作可能被拒绝', newBuild: '服务器已更新页面版本', reload: '重新载入',
  },
  barred: {
    nothing: '尚未取得现场情况，不能操作', stale: '与服务器失去联系，不能操作（点击不会留到以后执行）',
    session: '尚未确认登录身份，不能操作', screen: '大屏身份只能查看',
  },
  note: { label: '备注', placeholder: '备注（可不填）' },
  acknowledge: {
    button: '确认', does: '将以「{by}」记录：已知悉第 {n} 次发生，声音停止；警报保持到情况恢复', closes: '将以「{by}」记录并关闭此警报（第 {n} 次发生）',
    had: '{by} 已于 {when} 确认', closed: '此警报已关闭',
  },
  outlook: {
    title: '{place} 此刻', mean: '至今均值', limit: '限值', recent: '近期均值', budget: '其余须', left: '还剩', stations: '有效站点', complete: '有效率 {n}%',
    day: '今日', hour: '本小时', dayLeft: '{n} 小时', hourLeft: '{n} 分钟',
  },
  curve: {
    title: '{place} {pollutant} 小时均值', period: '警报时段', span: '时间跨度', hourLimit: '小时限值 {n}', dayLimit: '日限值 {n}',
    empty: '此时段没有数据', failed: '曲线读取失败', told: '近 {span}：最新 {last}，最高 {high}（{when}），缺测 {missing} 小时',
  },
  suggest: {
    title: '预案建议', none: '预案对此类警报没有建议措施', noLevel: '{place}：没有生效的响应', inForce: '{place}：{level}生效中', from: '{level}起', within: '{span}内',
    notOrdered: '未下达', overdue: '超时（应于 {when} 前）',
  },
  history: {
    title: '经过', failed: '经过读取失败', system: '系统', notDurable: '尚未落盘',
    'alert-raised': '触发（第 {n} 次，{value} / {limit}）：', 'alert-changed': '变化（{value}）：', 'alert-returned': '恢复（{value}）：',
    'alert-withdrawn': '数据修订后撤销（{value}）：', 'alert-acknowledged': '{by} 确认（第 {n} 次发生）', 'alert-closed': '关闭：',
  },
  reason: {
    'day-exceeded': '全天均值 {mean} {unit}，超过限值 {limit}（{stations}/{evaluating} 个站点有效）。',
    'day-met': '全天均值 {mean} {unit}，未超过限值 {limit}。',
    'day-insufficient': '全天有效站点不足（{stations}/{evaluating}），无法判定。',
    'day-projected': '至今均值 {mean}，其余 {left} 小时须 ≤ {budget} 才能达标，而近期均值为 {recent} {unit}（限值 {limit}）。',
    'day-locked': '至今均值 {mean} {unit}：其余 {left} 小时即使为 0，全天仍将超过限值 {limit}。',
    'day-clear': '至今均值 {mean}，其余 {left} 小时须 ≤ {budget}，近期均值 {recent} {unit}。',
    'day-tight': '至今均值 {mean}，其余 {left} 小时须 ≤ {budget}，近期均值 {recent} {unit}，余量偏紧。',
    'day-impossible': '有效站点不足（{stations}/{evaluating}），今日均值已无法有效。', 'day-unknown': '数据不足，无法判断。', 'day-unlimited': '当日没有限值。',
    'hour-exceeded': '小时均值 {mean} {unit}，超过限值 {limit}（{stations}/{evaluating} 个站点有效）。',
    'hour-met': '小时均值 {mean} {unit}，未超过限值 {limit}。',
    'hour-insufficient': '该小时有效站点不足（{stations}/{evaluating}），无法判定。',
    'hour-projected': '本小时至今均值 {mean}，其余 {left} 分钟须 ≤ {budget} 才能达标，而近 15 分钟均值为 {recent} {unit}（限值 {limit}）。',
    'hour-locked': '本小时至今均值 {mean} {unit}：其余 {left} 分钟即使为 0，仍将超过限值 {limit}。',
    'hour-clear': '本小时至今均值 {mean}，其余 {left} 分钟须 ≤ {budget}，近 15 分钟均值 {recent} {unit}。',
    'hour-tight': '本小时至今均值 {mean}，其余 {left} 分钟须 ≤ {budget}，近 15 分钟均值 {recent} {unit}，余量偏紧。',
    'hour-impossible': '有效站点不足（{stations}/{evaluating}），本小时已无法有效。', 'hour-unknown': '数据不足，无法判断。', 'hour-unlimited': '该小时没有限值。',
    silent: '已 {minutes} 分钟没有收到数据。', 'heard-again': '重新收到数据。', 'not-in-force': '该站点已不在有效期内。', superseded: '由更重的警报取代。', withdrawn: '数据修订，依据不再成立。',
    returned: '恢复后由人确认。', 'limit-removed': '限值已不再适用：赛事配置有变更。', 'period-over': '时段已过，且已确认。',
  } satisfies Record<ReasonCode, string>,
  ground: {
    title: '判定依据', limit: '限值', data: '数据', revision: '变动', bounds: '范围', standard: '标准', approver: '批准：{by}', document: '文件：{what}',
    valid: { hour: '应有 {expected} 站·分钟，有效 {valid}', day: '应有 {expected} 站·小时，有效 {valid}' }, changed: '时段结束后补报或修订 {n} 次',
    between: '缺测和未到的按 0 计为 {least}，按已见最高计为 {most}：{outcome}', least: '缺测和未到的按 0 计为 {least}：{outcome}',
    outcome: { over: '无论如何都超标', under: '无论如何都达标', open: '可能超标，也可能达标' },
  },
  review: {
    open: '站点数据与复核…', title: '站点数据与复核', station: '站点', hint: '点选一小时；按住 Shift 再点，选到那一小时', hour: '时段', worth: '判定', levelHead: '审核', why: '原因', and: '；', revision: '第 {n} 版',
    verdict: '改判为', valid: '有效', suspect: '存疑', invalid: '无效', automatic: '撤回人工判定', level: { reviewed: '复核', verified: '核定' },
    levels: { raw: '原始', automatic: '自动审核', reviewed: '人工复核', verified: '核定' }, reason: '理由（写入记录）',
    done: { valid: '判为有效', suspect: '判为存疑', invalid: '判为无效', automatic: '撤回人工判定' },
    does: { valid: '将 {n} 小时判为有效', suspect: '将 {n} 小时判为存疑', invalid: '将 {n} 小时判为无效', automatic: '撤回 {n} 小时的人工判定' },
    as: '将以「{by}」记录；原值保留，相关均值和警报立即重新判定', needsLeader: '值班员只能标为存疑（复核）；其余判定须带班领导', needsHours: '请先选择时段',
  },
  notices: { open: '数据提示', title: '数据提示（近一天）', what: '以下不改变任何判定，供值班员核实。', none: '近一天没有数据提示', look: '看数据' },
  notice: {
    'hour-differs': '{pollutant} 小时值 {own} 与其分钟均值 {minutes} 相差超过 5%', 'clock-ahead': '时钟超前：{readings} 个读数因时间在未来被拒收', 'clock-off': '时钟偏差：{readings} 个读数的时间略超前',
    'twin-series': '{pollutant} 连续 {hours} 小时与{with}完全相同', 'flag-before-limit': '{pollutant} 近 {days} 天有 {onsets} 次在标记后停报，其中 {near} 次恰在接近限值时', 'work-on-key-date': '{pollutant} 在关键时段（{keyDates}）内维护或校准',
  } satisfies Record<NoticeCode, string>,
  orders: {
    filter: '显示哪些指令', open: '执行中', none: '没有这样的指令', due: '应于 {when} 前生效', late: '超时 {span}', note: '备注（退回、解除、反馈须填）',
    does: '将此指令记为「{step}」', lead: '牵头：{lead}', support: '配合：{support}', needsLeader: '解除指令须带班领导', needsNote: '请先填写备注',
  },
  step: { received: '接收', started: '生效', feedback: '反馈', verified: '核查通过', returned: '退回', lifted: '解除' },
  level: {
    open: '响应级别…', for: '{place}响应级别…', title: '启动、调整或解除响应', ladder: '依据', level: '级别', none: '解除', areas: '区域（已选 {n} 个）', cities: '城市', others: '其他',
    reason: '理由（写入指令和记录）', will: '将会', issues: '下达 {n} 条指令', keeps: '保留 {n} 条此前下达的指令', lifts: '解除 {n} 条指令', noOrders: '不涉及指令，只改变级别。', nothing: '选定级别和区域后，这里列出将下达、保留和解除的指令。',
    as: '将以「{by}」立即下达并记录', needsLeader: '响应级别的启动、调整和解除须带班领导', needsReason: '请填写理由',
    start: '启动{level}：下达 {n} 条，解除 {m} 条', change: '调整为{level}：下达 {n} 条，解除 {m} 条', lift: '解除响应：解除 {m} 条指令',
  },
  keys: { title: '快捷键', j: '下一条警报', k: '上一条警报', a: '确认当前警报', n: '写备注', l: '响应级别', r: '站点数据与复核', help: '显示本页', Escape: '离开输入框；收起提示，回到列表' },
  done: {
    acknowledged: '已确认：{what}（{by}，{when}）', reviewed: '{what}：{n} 个读数已{verdict}，相关均值已重新判定', level: '{areas}：{level}，下达指令 {n} 条', lifted: '{areas}：响应已解除', moved: '{what}：{step}',
  },
  code: {
    'bad-json': '请求内容无法解析：{detail}', 'bad-request': '请求有误：{detail}', 'no-longer-known': '当时所知已无从查考：{detail}', 'bad-query': '查询范围有误：{detail}', 'bad-credentials': '姓名或密码不对',
    'foreign-origin': '服务器不接受来自其他网站的操作', 'not-found': '服务器没有这个地址，请重新载入页面', 'unknown-place': '没有这个地点', replaying: '正在回放，不接收读数',
    'too-large': '内容过长，没有执行', 'wrong-type': '服务器不认识这种内容', 'too-many': '尝试过多，请稍后再试', internal: '服务器内部错误，操作结果不明：{detail}', 'not-ready': '服务器正在启动，请稍后再试',
    'key-reused': '同一次点击被用于两件事，没有执行，请重新操作',
    'already-acknowledged': '{by} 已于 {when} 先行确认，您的确认没有记录', 'stale-occurrence': '该警报现在不是这一次发生，请看过后再确认',
    'stale-version': '内容刚刚有变化，请看过后再操作', 'nothing-to-acknowledge': '该警报已关闭，无须确认', 'unknown-alert': '没有这条警报',
    'wrong-role': '您的角色没有此项权限', 'not-durable': '服务器未能落盘，操作没有生效，请重试', lost: '没有收到服务器答复：不确定是否已执行，请看列表后再决定',
    'unknown-order': '没有这条指令', 'wrong-step': '该指令当前不能进行这一步', 'nothing-to-review': '没有可复核的读数', 'already-verified': '已经核定，须由值班领导改判', 'unknown-ladder': '预案中没有这套级别', 'unknown-level': '该预案没有这一级',
    'no-areas': '请选择区域', 'unknown-area': '没有这个区域：{detail}', 'level-unchanged': '所选区域均已是这一级', 'not-in-force': '所选区域没有生效的响应', 'http-401': '登录已失效，请重新登录',
    'no-token': '登录已失效，请重新登录', other: '没有完成：{code} {detail}',
  } satisfies Record<ProblemCode | Unanswered, string>,
}
