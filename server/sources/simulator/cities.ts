/** The cities other than Beijing. Only Beijing's air follows real figures; what is here is invented, and says so. */

/** For display wherever simulated air is shown. */
export const invented = {
  zh: '北京以外各市的数值为虚构：按北京实测日均值乘以虚构系数、错开虚构时间得出，不代表当时实况。',
  en: 'Cities other than Beijing are invented: Beijing’s measured daily means times an invented factor, shifted by an invented lag. They are not what was measured there.',
};

/** The same in short, for a band. */
export const inventedInShort = { zh: '仅北京日均值取自实测，余皆虚构', en: 'Only the daily means of Beijing were measured, all else is made up' };

/** `factor` of Beijing's level, and by how many minutes the city is behind it (before it where negative: south winds come from there). */
export type Follows = { factor: number; lag: number };

const FOLLOWS: Readonly<Record<string, Follows>> = {
  beijing: { factor: 1, lag: 0 },
  tianjin: { factor: 1.1, lag: -60 },
  langfang: { factor: 1.12, lag: -90 },
  baoding: { factor: 1.3, lag: -240 },
  shijiazhuang: { factor: 1.35, lag: -360 },
  xingtai: { factor: 1.32, lag: -420 },
  handan: { factor: 1.34, lag: -480 },
  hengshui: { factor: 1.2, lag: -360 },
  cangzhou: { factor: 1.12, lag: -240 },
  tangshan: { factor: 1.15, lag: 60 },
  qinhuangdao: { factor: 0.8, lag: 180 },
  chengde: { factor: 0.6, lag: 240 },
  zhangjiakou: { factor: 0.45, lag: 180 },
  datong: { factor: 0.75, lag: -120 },
  ulanqab: { factor: 0.5, lag: -60 },
  hohhot: { factor: 0.85, lag: -180 },
  baotou: { factor: 0.9, lag: -240 },
};

/** A city nobody thought of follows at some distance. */
const OTHER: Follows = { factor: 0.9, lag: 120 };

export const followsOf = (city: string): Follows => FOLLOWS[city] ?? OTHER;
