/** The boundaries that ship with the program: districts of Beijing and Tianjin, prefectures of the provinces around. See NOTICE. */
import beijing from 'echarts-4-maps/map/json/province/beijing.json'
import hebei from 'echarts-4-maps/map/json/province/hebei.json'
import neimenggu from 'echarts-4-maps/map/json/province/neimenggu.json'
import shanxi from 'echarts-4-maps/map/json/province/shanxi.json'
import tianjin from 'echarts-4-maps/map/json/province/tianjin.json'
import { decode, type Boundary } from './decode.ts'

/** Decoded once, when the map is first opened. */
export const region: readonly Boundary[] = [neimenggu, shanxi, hebei, tianjin, beijing].flatMap(decode)
