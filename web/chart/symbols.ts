/** The shapes of severities, in a square of 24 units: a second sign beside the colour, the same on every face. */
import type { Severity } from '../../shared/event.ts'

export const severityShape: Record<Severity, string> = {
  critical: 'M12 2.5 23 21.5H1Z',
  warning: 'M12 1 23 12 12 23 1 12Z',
  notice: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18Z',
}

/** Black on light colours, white on dark and on red; a colour is `#rrggbb`, its lightness the relative luminance of WCAG. */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const channel = (at: number): number => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
  return luminance > 0.25 ? '#000000' : '#ffffff'
}
