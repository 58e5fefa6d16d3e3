export const report = {
  title: '评估报告', from: '起', to: '止', show: '生成', print: '打印', json: '下载 JSON', loading: '生成中…', back: '值守台',
  failed: '没有生成：{detail}', lost: '连不上服务器', known: '按当时所知', knownHint: '填一个过去的时刻（活动当地时间），此后的补传与修订不计；不填为现在', wrongRange: '起日晚于止日', language: '报告语言', frame: '评估报告',
}
