/** From the datum of published coordinates (WGS-84) to that of Chinese map data (GCJ-02). The only place where it is done. */
import type { Point } from './boundaries/decode.ts'

/** Semi-major axis in metres and squared eccentricity of the Krasovsky 1940 ellipsoid. */
const AXIS = 6_378_245
const ECCENTRICITY = 0.006_693_421_622_965_943
const { PI, sin, cos, sqrt, abs } = Math

/** The waves that both offsets have in common. */
const ripple = (x: number): number => ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3

function northward(x: number, y: number): number {
  return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple(x)
    + ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3
    + ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3
}

function eastward(x: number, y: number): number {
  return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple(x)
    + ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3
    + ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3
}

/** Outside this box the two are the same. */
const shifted = ([longitude, latitude]: Point): boolean =>
  longitude > 73.66 && longitude < 135.05 && latitude > 3.86 && latitude < 53.55

/** GCJ-02 of a WGS-84 point, degrees; about half a kilometre further in this region. */
export function gcj02(point: Point): Point {
  if (!shifted(point)) return point
  const [longitude, latitude] = point
  const [x, y] = [longitude - 105, latitude - 35]
  const phi = (latitude / 180) * PI
  const magic = 1 - ECCENTRICITY * sin(phi) ** 2
  const north = (northward(x, y) * 180) / (((AXIS * (1 - ECCENTRICITY)) / (magic * sqrt(magic))) * PI)
  const east = (eastward(x, y) * 180) / ((AXIS / sqrt(magic)) * cos(phi) * PI)
  return [longitude + east, latitude + north]
}
