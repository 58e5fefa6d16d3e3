/** From degrees to the drawing's units: an equirectangular map, true in the middle of its frame. */
import type { Point, Ring } from './boundaries/decode.ts'

/** West, south, east, north in degrees. */
export type Frame = readonly [number, number, number, number]
export type Size = { width: number; height: number }
export type Spot = { x: number; y: number }
export type Projection = { spot: (point: Point) => Spot; point: (spot: Spot) => Point; perKilometre: number; frame: Frame }

const KILOMETRES_A_DEGREE = 111.2

/** The smallest frame around points; null where there are none. */
export function frameOf(points: readonly Point[]): Frame | null {
  if (points.length === 0) return null
  const longitudes = points.map(([longitude]) => longitude)
  const latitudes = points.map(([, latitude]) => latitude)
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)]
}

/** Whether two frames have anything in common. */
export const meets = (a: Frame, b: Frame): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]

export const within = (spot: Spot, { width, height }: Size, margin = 0): boolean =>
  spot.x >= margin && spot.y >= margin && spot.x <= width - margin && spot.y <= height - margin

/** Fits a frame into a size, `margin` units free on every side; north is up, nothing is stretched. */
export function project(frame: Frame, size: Size, margin: number): Projection {
  const [west, south, east, north] = frame
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const width = Math.max((east - west) * narrowing, 0.01)
  const height = Math.max(north - south, 0.01)
  const scale = Math.max(Math.min((size.width - 2 * margin) / width, (size.height - 2 * margin) / height), 1)
  const left = (size.width - width * scale) / 2
  const top = (size.height - height * scale) / 2
  const degreesX = size.width / (narrowing * scale)
  const degreesY = size.height / scale
  return {
    spot: ([longitude, latitude]) => ({ x: left + (longitude - west) * narrowing * scale, y: top + (north - latitude) * scale }),
    point: ({ x, y }) => [west + (x - left) / (narrowing * scale), north - (y - top) / scale],
    perKilometre: scale / KILOMETRES_A_DEGREE,
    frame: [(west + east - degreesX) / 2, (south + north - degreesY) / 2, (west + east + degreesX) / 2, (south + north + degreesY) / 2],
  }
}

/** Outlines as the `d` of an SVG path, a tenth of a unit exact. */
export function pathOf(rings: readonly Ring[], projection: Projection): string {
  return rings.map((ring) => {
    let last = ''
    const steps: string[] = []
    for (const point of ring) {
      const { x, y } = projection.spot(point)
      const step = `${x.toFixed(1)} ${y.toFixed(1)}`
      if (step !== last) steps.push(step)
      last = step
    }
    return `M${steps.join('L')}Z`
  }).join('')
}
