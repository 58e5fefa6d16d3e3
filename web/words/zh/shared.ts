import type { QualityCode } from '../../../shared/codes.ts'

/** What every face says alike. */
export const shared = {
  page: { product: '晴空 Qingkong', wall: '大屏', desk: '值守台', login: '登录', people: '账号与令牌', report: '评估报告', evaluation: '演习评估', calendar: '日历' },
  language: { zh: '中文', en: 'English', switch: '切换语言' },
  kind: {
    'hour-exceeded': '小时均值超标', 'day-exceeded': '日均值超标',
    'hour-projected': '小时均值预计超标', 'day-projected': '日均值预计超标',
    'hour-locked': '小时均值已不可达标', 'day-locked': '日均值已不可达标', silent: '数据中断',
  },
  severity: { notice: '提示', warning: '警告', critical: '严重' },
  state: { unacknowledged: '未确认', acknowledged: '已确认', returned: '已恢复', withdrawn: '已撤销', closed: '已关闭' },
  condition: { over: '超出', under: '恢复', unknown: '数据中断，保持' },
  flag: { disposed: '已办结', shelved: '已搁置', suppressed: '已抑制', drill: '演练', weaker: '同时段已不可达标' },
  suppression: { maintenance: '站点维护中', 'out-of-service': '站点已停用', drill: '演练' },
  again: { 'acknowledgement-expired': '确认已过时效', 'shelf-ended': '搁置到时', 'suppression-ended': '抑制结束' },
  seat: { duty: '值班员', leader: '带班领导', department: '部门负责人', commander: '总指挥' },
  undelivered: {
    late: '未及时应答', unreached: '连接不上', 'strange-answer': '应答不是该服务的格式', 'no-telephone': '收件人都没有电话号码', 'no-address': '收件人都没有邮箱', waited: '到时仍未送出', restored: '备份恢复前未送达，恢复时已过时', 'no-channel': '没有启用这个渠道', 'nobody-on-duty': '当班人员均未通知到',
  },
  told: { raised: '触发', again: '再次提请', escalated: '升级', resolved: '解除', level: '响应级别', notice: '数据提示' },
  standing: {
    clear: '宽裕', tight: '偏紧', projected: '预计超标', locked: '不可达', exceeded: '超标', met: '达标',
    impossible: '无法有效', unlimited: '无限值', unknown: '数据不足',
  },
  early: { day: '今日尚无完成统计的小时', hour: '本小时刚开始，不足 10 分钟' },
  mark: { suspect: '存疑', provisional: '未审核', assumed: '暂定', revised: '已修订', simulated: '模拟', replay: '回放', drill: '演练', exercise: '演习', share: '有效 {n}%' },
  air: { live: '实测数据', simulated: '模拟数据', silent: '模拟时钟，无数据源', replay: '历史回放', exercise: '演习：空气为脚本所设' },
  validity: { valid: '有效', suspect: '存疑', invalid: '无效', missing: '缺测' },
  /** 读数或小时值为何如此判定。 */
  quality: {
    'no-value': '无数值', 'out-of-range': '{value} 超出 {low}～{high}', sentinel: '{value} 是仪器的缺测代码', negative: '负值 {value}，按原值参与平均，显示为 0',
    'below-detection': '{value} 低于检出限 {limit}', 'flag-manual': '人工置数（标记 {flag}）', 'flag-over-range': '超仪器量程（标记 {flag}）', 'flag-under-range': '低于仪器量程（标记 {flag}）',
    'flag-maintenance': '维护（标记 {flag}）', 'flag-calibration': '校准（标记 {flag}）', 'flag-fault': '仪器故障（标记 {flag}）', 'flag-no-link': '仪器与采集器无通讯（标记 {flag}）',
    'flag-stopped': '仪器停运（标记 {flag}）', 'flag-power': '掉电（标记 {flag}）', 'flag-abnormal': '异常（标记 {flag}）', 'flag-insufficient': '有效数据不足（标记 {flag}）',
    'flag-waiting': '等待恢复（标记 {flag}）', 'flag-rejected': '审核判为无效（标记 {flag}）', 'flag-unknown': '未知标记 {flag}', 'flag-missing': '缺少标记',
    'suspect-minutes': '{minutes} 分钟存疑', 'invalid-minutes': '{minutes} 分钟无效', 'few-minutes': '有效分钟 {minutes}，不足 {need}',
    stuck: '连续 {hours} 小时同为 {value}', 'stuck-minutes': '连续 {minutes} 分钟同为 {value}', 'low-variance': '{hours} 小时内仅变动 {spread}（均值 {mean}）',
    spike: '{value} 偏离前后 {hours} 小时中位数 {median}', step: '由 {before} 突变为 {value}', confirmed: '{value}：变化已由烟花时段或邻近站点印证',
    inversion: 'PM2.5 {fine} 高于 PM10 {coarse}', 'slight-inversion': 'PM2.5 {fine} 略高于 PM10 {coarse}', ratio: 'PM2.5 {fine} 仅占 PM10 {coarse} 的极小部分', dust: '沙尘特征：PM2.5 {fine}，PM10 {coarse}',
    periodic: '{value}：连续 {days} 天同一时刻高出前后 {by}，疑似校准', 
    neighbours: '{value} 偏离邻近 {neighbours} 站中位数 {median}', 'unit-slip': '{value} 疑似单位错误（相差千倍）', reviewed: '{by} 人工复核：{reason}', verified: '{by} 核定：{reason}',
  } satisfies Record<QualityCode, string>,
  pollutant: { 'PM2.5': 'PM2.5', PM10: 'PM10', SO2: 'SO₂', NO2: 'NO₂', O3: 'O₃', CO: 'CO' },
  unit: { 'PM2.5': 'µg/m³', PM10: 'µg/m³', SO2: 'µg/m³', NO2: 'µg/m³', O3: 'µg/m³', CO: 'mg/m³' },
  average: { hour: '小时均值', day: '日均值' },
  order: {
    issued: '已下达', received: '已接收', started: '已生效', feedback: '已反馈', verified: '已核查', returned: '已退回', lifted: '已解除',
    overdue: '超时',
  },
  level: { I: 'I 级', II: 'II 级', III: 'III 级', yellow: '黄色', orange: '橙色', red: '红色' },
  family: { industry: '工业', dust: '扬尘', mobile: '移动源', coal: '燃煤', area: '面源', health: '健康防护', other: '其他' },
  role: { host: '承办地', guarantee: '保障区', neighbour: '周边', screen: '大屏', duty: '值班员', leader: '带班领导', admin: '管理员', auditor: '审计员' },
  station: { national: '国控', provincial: '省控', city: '市控', park: '园区', micro: '微站', super: '超级站' },
  span: {
    second: '{n} 秒', minute: '{n} 分钟', hour: '{n} 小时', hourMinute: '{h} 小时 {m} 分', day: '{n} 天', dayHour: '{d} 天 {h} 小时',
    ago: '{span}前',
  },
  none: '—',
}
