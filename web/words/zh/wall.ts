/** What only the wall says. */
export const wall = {
  title: '大屏', noPlan: '本活动没有预案措施',
  header: {
    day: '第 {day} / {days} 天', before: '活动尚未开始', after: '活动已结束', between: '非管控阶段', limits: '今日限值', noLimits: '今日无限值',
    average: { hour: '小时', day: '日均' }, areas: '（{areas}）', hosts: '主办城市', until: '距{name}', inside: '{name}进行中，余', noKeyDate: '其后无关键时段',
    heard: '站点在线', freshest: '最新数据', complete: '今日有效率', silent: '无数据', standing: '时钟已停',
  },
  lamp: { durable: '记录未落盘', evaluating: '评估中' },
  past: { band: '回看 {when} · 并非当前', refused: '无法回看这一时刻', noExercise: '演习已经结束，或没有这次演习', noExerciseHow: '以往演习的评估和回看在值守台“演习”中。', real: '去实战大屏' },
  band: {
    simulated: '模拟数据', silent: '模拟时钟 · 无数据源', replay: '历史回放', drill: '演练', exercise: '演习', beside: '另有演习进行中：{name}（不在本屏）', real: '实战警报：{n} 条等待确认，其中严重 {critical} 条', not: '并非实况',
    percent: '已回放 {n}%', done: '回放结束',
  },
  link: {
    stale: '与服务器失去联系，画面停留在 {time}，以下数据均已过期', never: '正在连接服务器', refused: '此屏幕未获准接入', wrongToken: '大屏令牌有误或已吊销',
    refusedHow: '请用管理员给出的大屏地址（/wall?screen=…）打开一次，或登录后再打开。', again: '正在自动重连',
  },
  board: {
    title: '城市 {pollutant} 达标', city: '城市', mean: '今日均值', against: '对限值', rest: '剩余须', hour: '本小时', recent: '近均 {value}',
    atMost: '≤ {value}', unreachable: '不可达', invalid: '无法有效', noLimit: '无限值', none: '无数据', age: '{span}前', closed: '已过 {n} 小时',
    page: '第 {page}/{pages} 页',
  },
  map: {
    unclassed: '仅示数值（所用标准无分级）', hollow: '无有效数据', small: '不参与评价', suspect: '存疑', hatched: '措施生效区', host: '主办城市', venue: '赛区', alarm: '未确认警报',
    approximate: '站点位置为公布值，近似',
  },
  alerts: {
    title: '警报', unacknowledged: '未确认', open: '未关闭', waiting: '{state} {span}', up: '{waiting} · 已升级至{seat}', by: '{by} {time} 已确认', held: '数据中断，保持',
    suggests: '建议', noSuggestion: '预案无对应措施', since: '{time} 起', today: '今日', rest: '其余 {left} 小时须 ≤ {budget}，近均 {recent}',
    restMinutes: '其余 {left} 分钟须 ≤ {budget}，近均 {recent}',
    hopeless: '其余 {left} 小时为 0 仍超限', hopelessMinutes: '其余 {left} 分钟为 0 仍超限', silentFor: '已 {span} 无数据', many: { places: '{n} 处', hours: '{n} 个小时，最高', days: '{n} 天，最高' },
    calm: {
      none: '目前无警报', nearest: '{pollutant} 今日均值离限值最近', evaluating: '尚不能判断有无警报', evaluatingHow: '系统正在评估', noData: '不能判断有无警报', noDataHow: '无最新数据',
    },
    grouped: '已按城市归并', page: '第 {page}/{pages} 页',
  },
  response: {
    title: '应急响应', none: '未启动响应', since: '{time} 起', overdue: '超时', overdueBy: '超时 {span}',
    due: '{time} 前',
  },
  timeline: { title: '近 72 小时 {pollutant} 小时均值', hourLimit: '小时限值', dayLimit: '日均限值', revised: '已修订', stretch: '关键时段', none: '尚无小时均值' },
}
