export const report = {
  title: '评估报告',
}
