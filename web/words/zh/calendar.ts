export const calendar = {
  title: '日历', back: '值守台', loading: '读取中…', failed: '没有读到日历：{detail}', lost: '连不上服务器', table: '活动日历',
  date: '日期', lunar: '农历', phase: '阶段', keyDates: '关键日', limits: '限值', basis: '依据', today: '今天', every: '全部城市',
  none: '无限值', noPhase: '—', stricter: '有更严的限值', approver: '批准', document: '文件', ground: '为何有效',
  next: '下一次变化：{day} 零时', noNext: '此后不再变化', outside: '活动期外',
  begin: '新增限值 {limits}', end: '取消限值 {limits}',
  grounds: { period: '整个活动期', dates: '指定日期', phase: '阶段', 'key-dates': '关键日' },
  weekday: { 1: '周一', 2: '周二', 3: '周三', 4: '周四', 5: '周五', 6: '周六', 7: '周日' },
}
