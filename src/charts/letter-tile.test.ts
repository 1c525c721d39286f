import { describe, expect, test } from 'vitest'
import { isDrawableIcon, letterTile, TILE_COLOURS } from './letter-tile.ts'

describe('letter tile', () => {
  test.each(TILE_COLOURS)('white on %s meets WCAG AA', (colour) => {
    expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5)
  })

  test('is the same for the same name', () => {
    expect(letterTile('nginx')).toEqual(letterTile('nginx'))
    expect(letterTile('nginx').letter).toBe('N')
    expect(letterTile('_数据库').letter).toBe('数')
    expect(letterTile('🚀').letter).toBe('#')
  })

  test('uses every colour', () => {
    const colours = Array.from({ length: 200 }, (_, index) => letterTile(`chart-${index}`).colour)
    expect(new Set(colours).size).toBe(TILE_COLOURS.length)
  })
})

describe('isDrawableIcon', () => {
  test.each(['data:image/png;base64,AAAA', 'data:image/svg+xml,%3Csvg/%3E', 'DATA:image/PNG;base64,AAAA'])(
    'accepts %s',
    (icon) => {
      expect(isDrawableIcon(icon)).toBe(true)
    },
  )

  test.each(['https://example.org/icon.png', 'data:text/html,<script>', 'javascript:alert(1)', '', null, undefined])(
    'rejects %s',
    (icon) => {
      expect(isDrawableIcon(icon)).toBe(false)
    },
  )
})

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
