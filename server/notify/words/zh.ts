/** What messages say in Chinese. */
import type { Words } from '../wording.ts';

export const zh: Words = {
  kind: {
    'hour-exceeded': '小时均值超标', 'day-exceeded': '日均值超标', 'hour-projected': '小时均值预计超标', 'day-projected': '日均值预计超标',
    'hour-locked': '小时均值已不可达标', 'day-locked': '日均值已不可达标', silent: '数据中断',
  },
  severity: { notice: '提示', warning: '警告', critical: '严重' },
  what: { raised: '触发', again: '再次提请确认', escalated: '无人确认，升级', resolved: '解除', level: '响应级别', notice: '数据提示' },
  seat: { duty: '值班员', leader: '带班领导', department: '部门负责人', commander: '总指挥' },
  mark: { drill: '演练', simulated: '模拟', silent: '模拟', replay: '回放', exercise: '演习', live: '' },
  bracket: (text) => `【${text}】`,
  value: ({ value, limit, unit, assumed }) => `${value ?? '—'}${limit === null ? '' : ` / 限值 ${limit}`} ${unit}${assumed ? '（限值暂定）' : ''}`,
  period: (text) => `时段：${text}`, at: (text) => `时间：${text}`, occurrence: (n) => `第 ${n} 次发生`,
  up: (seat, names, minutes) => `已 ${minutes} 分钟无人确认，请${seat}${names === '' ? '（排班无人）' : ` ${names}`}处理`,
  over: { returned: '情况已恢复', withdrawn: '数据修订后撤销', closed: '警报已关闭' },
  level: (level, areas) => `${areas}：${level === null ? '解除响应' : `启动或调整为 ${level} 级响应`}`,
  step: ({ move, level, areas, from }) => {
    const was = from === null ? '' : ` ${from.level} 级响应（${from.since} 起，${from.by}）`;
    if (move === 'started') return `${areas}：启动 ${level} 级响应`;
    return move === 'lifted' ? `${areas}：解除${was === '' ? '响应' : was}` : `${areas}：由${was}${move === 'raised' ? '提升' : '降低'}为 ${level} 级`;
  },
  move: { started: '启动', raised: '提升', lowered: '降低', lifted: '解除' }, why: (why, by) => `理由：${why}（${by}）`,
  notice: (code, detail) => `${{ 'path-failed': '自检读数未能走完全程', 'screen-dark': '大屏失联' }[code] ?? '数据来源无法获取'}：${detail}`,
  exerciseOver: '演习结束，此前的演习消息均不必再处理',
  left: (n) => `（其后还有 ${n} 条）`, gravest: '其中最严重：', desk: '以上为汇总，全部见值守台',
  counted: ({ rule, n, places, of, named }) => `${rule}：${n} 条（${places}${of > named ? ` 等 ${of} 地` : ''}）`,
  digest: (n) => `共 ${n} 条`, roster: '（各渠道均未能送达，按排班直接通知值班人员）', restored: '（由备份恢复后补发：备份时尚未送达，可能已收到过）', more: (n) => `另有 ${n} 条，请看值守台`,
  via: (channel) => `（${channel} 未能送达，改由本渠道）`, link: (url) => `值守台：${url}`, list: '、',
};
