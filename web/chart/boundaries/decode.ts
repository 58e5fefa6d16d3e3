/** Reads the compressed boundaries of ECharts 4: offsets in zigzag, two characters a point, 1/1024 of a degree. */

/** Longitude and latitude in degrees, GCJ-02. */
export type Point = readonly [number, number]
export type Ring = readonly Point[]
/** An administrative area and all its outlines. `adcode` is the six-digit code. */
export type Boundary = { adcode: string; name: string; rings: readonly Ring[] }

/** A file of `map/json/province`, as far as it is read here. */
export type Encoded = { features: { id: string; properties: { name: string }; geometry: EncodedGeometry }[] }
type EncodedGeometry = { type: string; coordinates: (string | string[])[]; encodeOffsets: (number[] | number[][])[] }

const SCALE = 1024
const zigzag = (code: number): number => ((code - 64) >> 1) ^ -((code - 64) & 1)

/** One outline from its text; `offset` is its first point in 1/1024 of a degree. */
export function decodeRing(text: string, offset: readonly number[]): Ring {
  let [x = 0, y = 0] = offset
  const ring: Point[] = []
  for (let i = 0; i + 1 < text.length; i += 2) {
    x += zigzag(text.charCodeAt(i))
    y += zigzag(text.charCodeAt(i + 1))
    ring.push([x / SCALE, y / SCALE])
  }
  return ring
}

const isNested = (offsets: number[] | number[][]): offsets is number[][] => Array.isArray(offsets[0])

function ringsOf({ coordinates, encodeOffsets }: EncodedGeometry): Ring[] {
  return coordinates.flatMap((part, at) => {
    const offsets = encodeOffsets[at] ?? []
    const nested = isNested(offsets) ? offsets : [offsets]
    return [part].flat().map((text, of) => decodeRing(text, nested[of] ?? []))
  })
}

/** All areas of a file. */
export const decode = (file: Encoded): Boundary[] =>
  file.features.map(({ id, properties, geometry }) => ({ adcode: id, name: properties.name, rings: ringsOf(geometry) }))
