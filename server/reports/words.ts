/** The wording of the printed report, in both languages. */
export type Language = 'zh' | 'en';

const zh = {
  lang: 'zh-CN', title: '空气质量保障评估报告', range: '评估时段', to: '至', through: '数据截至 {day}', none: '—', and: '、', language: 'English',
  result: '结论', days: '城市日', hours: '保障小时', met: '达标', exceeded: '超标', insufficient: '数据不足', unlimited: '无限值', rate: '达标率',
  noDays: '时段内没有已结束的日子。', allMet: '有限值的城市日全部达标。', someExceeded: '{n} 个城市日超标。', someInsufficient: '{n} 个城市日因数据不足不能判定。',
  hoursAllMet: '有小时限值的 {n} 个小时全部达标。', hoursExceeded: '有小时限值的小时中 {n} 个超标。', hoursInsufficient: '有小时限值的小时中 {n} 个因数据不足不能判定。',
  task: '一、保障任务', cities: '城市', city: '城市', limits: '限值', pollutant: '污染物', average: '均值', hourAverage: '小时', dayAverage: '日', max: '限值', when: '适用', basis: '依据', assumed: '暂定', assumedLimit: '限值为暂定', judgedAssumed: '所用限值有暂定值（表中标 *），依据见第一节。', wholePeriod: '整个时段', everyCity: '全部城市',
  standard: '评价标准', semicolon: '；', stop: '。', standardTime: '该标准施行期为{from}至{to}，本活动指定采用', standardSince: '该标准自{from}起施行，本活动指定采用', equals: '与{clause}{grade}限值相同', grade1: '一级', grade2: '二级', guideline: '准则值', interim: '过渡期目标{n}',
  data: '二、数据状况', expected: '应有站点小时', missing: '缺失', completeness: '有效率', suspect: '存疑（计入）', invalid: '无效（不计入）', state: '审核状态', provisional: '未审核，可能修订', allVerified: '所用数据全部经人工核定', byHand: '人工复核 {reviewed} 个站点小时，核定 {verified} 个', hash: '数据校验值（SHA-256）', hashNote: '对所用有效小时数据的规范 CSV（station,pollutant,start,period,value,flag，按此排序，无表头）计算；数据有任何变化，此值即变。',
  matrix: '四、逐日结果', matrixNote: '每格为 {pollutant} 日均值（{unit}，按 GB/T 8170 修约）与判定；限值（{unit}）列于日期之后。', date: '日期', limit: '限值', legend: '图例',
  ceremony: '五、保障小时', ceremonyNote: '{pollutant}：有小时限值的各小时均值（{unit}，按 GB/T 8170 修约）与判定；列为小时的起始时刻。', highest: '最高',
  attainment: '六、达标统计', mean: '时段均值', meanRounded: '修约值', validDays: '有效日', meanNote: '时段均值为各有效日均值之平均（含无限值日，不含演练日），修约值按 GB/T 8170。达标率 = 达标 ÷（达标 + 超标）。',
  process: '七、警报与指令', alerts: '警报', raised: '触发', acknowledged: '已确认', median: '确认用时中位数', p90: '确认用时 90 百分位', orders: '指令', issued: '已下达', verified: '已核查', overdue: '超时',
  method: '三、方法', methodText: '小时值：{minutes} 分钟以上有效数据方为有效；站点日均值：{dayHours} 个以上有效小时方为有效；城市均值：先求各站点日均值再求平均，须至少 {share}% 的评价站点有效。均值为精确值，只修约一次（GB/T 8170，四舍六入五成双），仅以修约值与限值比较。缺测不插补。存疑数据计入并标明，无效数据不计入。',
  methodHours: '小时值：{minutes} 分钟以上有效数据方为有效；城市小时均值：各站点有效小时均值之平均，须至少 {share}% 的评价站点有效；城市日均值：先求城市小时均值再求平均，须 {dayHours} 个以上有效城市小时。均值为精确值，只修约一次（GB/T 8170，四舍六入五成双），仅以修约值与限值比较。缺测不插补。存疑数据计入并标明，无效数据不计入。',
  incomplete: '数据不全（有效/应有站点小时）',
  drill: '附、演练日', drillNote: '以下各日为演练，按同样方法判定，不计入达标率与时段均值。',
  approver: '{by}批准', aqi: '八、空气质量指数（AQI）', aqiDays: '各级别天数', aqiMissing: '缺', aqiNone: 'NA或无数据', aqiApart: '按设计不监测：', aqiNoIndex: '部分日期所用标准无空气质量指数。',
  aqiNote: '每格为城市日AQI、类别与首要污染物（AQI未超过标准所定下限时不列）；“缺”为当日无有效均值的指标，AQI仅据其余污染物；NA为按标准不予发布。除有限值的污染物外，其数据不计入第二节的统计与校验值；演练日在内。',
  simulated: '模拟数据：并非实测', silent: '模拟时钟：无数据源', replay: '回放：由历史数据重演，警报与指令均为重演所得', exercise: '演习：空气为脚本所设', knownThen: '按当时所知：{at}；此后的补传与修订不在其内', made: '编制时刻（活动时间）', seconds: '{n} 秒', minutes: '{n} 分', hoursLong: '{n} 小时',
};
export type Words = { [K in keyof typeof zh]: string };

const en: Words = {
  lang: 'en', title: 'Air-quality assessment', range: 'Period assessed', to: 'to', through: 'data up to {day}', none: '—', and: ', ', language: '中文',
  result: 'Result', days: 'city days', hours: 'hours with a limit', met: 'met', exceeded: 'exceeded', insufficient: 'insufficient data', unlimited: 'no limit', rate: 'attainment',
  noDays: 'No day of the period has ended yet.', allMet: 'Every city day with a limit met it.', someExceeded: 'City days over their limit: {n}.', someInsufficient: 'City days that could not be judged for want of data: {n}.',
  hoursAllMet: 'All {n} hours with an hourly limit met it.', hoursExceeded: 'Hours over their hourly limit: {n}.', hoursInsufficient: 'Hours with an hourly limit that could not be judged for want of data: {n}.',
  task: '1 Task', cities: 'Cities', city: 'City', limits: 'Limits', pollutant: 'Pollutant', average: 'Mean', hourAverage: 'hour', dayAverage: 'day', max: 'Limit', when: 'Holds', basis: 'Basis', assumed: 'assumed', assumedLimit: 'limit assumed', judgedAssumed: 'Limits used are in part or wholly assumed (marked * in the tables); section 1 has their basis.', wholePeriod: 'the whole period', everyCity: 'every city',
  standard: 'Standard', semicolon: '; ', stop: '.', standardTime: 'in force from {from} to {to}, chosen by the event', standardSince: 'in force since {from}, chosen by the event', equals: 'the same as {clause}{grade}', grade1: 'grade I', grade2: 'grade II', guideline: 'guideline level', interim: 'interim target {n}',
  data: '2 Data', expected: 'Station-hours expected', missing: 'missing', completeness: 'completeness', suspect: 'suspect (counted)', invalid: 'invalid (not counted)', state: 'Review', provisional: 'provisional, may be revised', allVerified: 'all data used were verified by hand', byHand: 'station-hours reviewed by hand: {reviewed}; verified: {verified}', hash: 'Data digest (SHA-256)', hashNote: 'Over the canonical CSV of the valid hours used (station,pollutant,start,period,value,flag, sorted so, no header); any change of the data changes it.',
  matrix: '4 Day by day', matrixNote: 'Each cell: the daily mean of {pollutant} ({unit}, rounded by GB/T 8170) and its verdict; the limit ({unit}) stands beside the date.', date: 'Date', limit: 'Limit', legend: 'Signs',
  ceremony: '5 Hours with an hourly limit', ceremonyNote: '{pollutant}: means of the hours that have an hourly limit ({unit}, rounded by GB/T 8170) and their verdicts; a column is named by the hour\'s start.', highest: 'max',
  attainment: '6 Attainment', mean: 'period mean', meanRounded: 'rounded', validDays: 'valid days', meanNote: 'The period mean is that of the valid daily means (days without a limit among them, drill days not), rounded by GB/T 8170. Attainment = met ÷ (met + exceeded).',
  process: '7 Alerts and orders', alerts: 'Alerts', raised: 'raised', acknowledged: 'acknowledged', median: 'time to acknowledge: median', p90: '90th percentile', orders: 'Orders', issued: 'issued', verified: 'verified', overdue: 'overdue',
  method: '3 Method', methodText: 'An hour is valid with at least {minutes} minutes of valid data, a station\'s day with at least {dayHours} valid hours. A city\'s mean is the mean of its stations\' means, and needs at least {share} % of its evaluating stations to be valid. Means are exact and rounded once (GB/T 8170, half to even); only the rounded figure is compared with the limit. Gaps are never filled. Suspect data count and are marked, invalid data do not count.',
  methodHours: 'An hour is valid with at least {minutes} minutes of valid data. A city\'s hour is the mean of its stations\' valid hours, and needs at least {share} % of its evaluating stations; its day is the mean of its own hours, and needs at least {dayHours} valid ones. Means are exact and rounded once (GB/T 8170, half to even); only the rounded figure is compared with the limit. Gaps are never filled. Suspect data count and are marked, invalid data do not count.',
  incomplete: 'incomplete data (station-hours valid/expected)',
  drill: 'Annex: drill days', drillNote: 'These days were a drill. They are judged alike and stand outside attainment and the mean.',
  approver: 'approved by {by}', aqi: '8 Air-quality index (AQI)', aqiDays: 'Days by class', aqiMissing: 'without', aqiNone: 'NA or no data', aqiApart: 'Not monitored by design:', aqiNoIndex: 'The standard of some of these days has no index.',
  aqiNote: 'Each cell: the city\'s AQI of the day, its class and primary pollutants (none up to the bound of the standard). "Without": no valid mean of that pollutant, so the AQI is that of the others. NA: not to be published by the standard. Data of pollutants without limits are in neither the counts nor the digest of section 2; drill days are included.',
  simulated: 'Simulated data: nothing measured', silent: 'Simulated clock: nobody sending', replay: 'Replay: recorded data played again; alerts and orders are those of the replay', exercise: 'Exercise: the air is a script\'s', knownThen: 'As known at {at}; what came or was corrected later is not in it', made: 'Made at (event time)', seconds: '{n} s', minutes: '{n} min', hoursLong: '{n} h',
};

export const WORDS: Readonly<Record<Language, Words>> = { zh, en };

/** The words of a key with its blanks filled in. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
