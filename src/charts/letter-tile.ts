/**
 * Background colours for white letters, each with a contrast of at least 4.5. Their hues differ enough to tell
 * neighbours in a list apart.
 */
export const TILE_COLOURS = [
  '#2456c4',
  '#0f766e',
  '#9a3412',
  '#7c3aed',
  '#b4235a',
  '#3f6212',
  '#0369a1',
  '#86198f',
  '#92400e',
  '#475569',
] as const

/** Placeholder for a chart without an icon: the first letter of its name, on a colour derived from the name. */
export function letterTile(name: string): { letter: string; colour: (typeof TILE_COLOURS)[number] } {
  const letter = name.match(/[\p{L}\p{N}]/u)?.[0] ?? '#'
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return { letter: letter.toUpperCase(), colour: TILE_COLOURS[hash % TILE_COLOURS.length]! } // the remainder is in range
}

/** Whether the icon can be shown: data URLs only, as the console loads nothing from other hosts. */
export function isDrawableIcon(icon: string | null | undefined): icon is string {
  return /^data:image\/(png|jpeg|gif|webp|avif|svg\+xml)[;,]/i.test(icon ?? '')
}
