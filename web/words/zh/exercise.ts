/** 演习：开始、结束与评估。 */
export const exercise = {
  open: '演习', title: '演习', about: '演习在自己的时钟和数据分区中进行，与实战同一套程序：所记事实、消息和画面都带“演习”标记，不进入实战记录和任何总结。实战值守照常。',
  toReal: '去实战值守台', toDesk: '去演习值守台', toWall: '看演习大屏', lookBack: '回看演习', notThere: '演习已经结束，或没有这次演习', toEvaluation: '评估', loading: '读取中…', failed: '读取失败，稍后再试',
  running: '正在进行', by: '{by} 于 {when} 开始', at: '演习时刻 {when}，已过 {n}%', speedIs: '{n} 倍速', end: '结束演习', ends: '立即结束并关闭演习值守台，评估保留', sure: '确认结束',
  scripts: '演习脚本', none: '活动文件夹中没有 exercises/*.yaml', starts: '时钟从 {from} 起，历时 {lasts}', faulty: '脚本有误，不能开始', speed: '倍速（1–600）', takes: '实际历时 {span}', walls: '大屏也切换到演习（结束后自动返回）', begin: '开始演习', hurried: '{n} 倍速太快：首个情节之后人员实际只有 {left}，有的要求既不能按时完成、也无从判定超时（{aims}）。', fits: '不高于 {n} 倍速时来得及。', fitsNot: '请延长脚本，或缩短要求的时限。', hurriedAim: '{what} {within}', needsLeader: '演习的开始和结束须带班领导', choose: '请先选择脚本',
  past: '以往演习', noPast: '还没有演习记录', ended: '{by} 结束', ownEnd: '按脚本结束', unended: '已中断，结束未能写下', broken: '重启后无法继续：{why}', list: '、',
  evaluation: {
    title: '演习评估', back: '返回值守台', desk: '在值守台上回看', wall: '在大屏上回看', print: '打印', none: '没有指定演习，或没有这次演习', under: '演习仍在进行，以下为至今情况', own: '用时按人员的实际时间计（机器时间），不按演习时钟。', times: '{from} 至 {to} · {speed} 倍速',
    what: '事项', aim: '要求', of: '应办', done: '已办', met: '按时', missed: '未按时', lifted: '已解除', open: '未到时限即结束', median: '中位用时', p90: '90% 用时', acknowledge: '确认警报', order: '下达指令', verify: '核查指令',
    alerts: '逐条警报', alert: '警报', raised: '触发（演习时刻）', acknowledged: '确认', ordered: '指令', orders: '逐条指令', orderName: '指令', received: '接收', started: '生效', verified: '核查', people: '人员', person: '姓名', levels: '调整级别', steps: '操作总数', departments: '牵头单位', department: '单位',
    took: '{span}（{by}）', before: '此前已有', notDone: '未办', late: '超时', noAlerts: '没有触发警报', noOrders: '没有下达指令', noPeople: '没有人操作',
  },
}
