import { type MappingAlgorithm, type ThemeConfig, theme } from 'antd'

type Tokens = NonNullable<ThemeConfig['token']>
type MapToken = ReturnType<MappingAlgorithm>

/**
 * The two palettes. Every text colour has a contrast of at least 4.5 on its backgrounds, and graphics with a meaning
 * have 3 (WCAG AA); antd's default colours have not. In the dark theme, links need a lighter blue than the background
 * of white text: hence primary and link differ.
 */
const LIGHT: Tokens = {
  colorPrimary: '#0b5c9e',
  colorPrimaryHover: '#0d6bb8',
  colorPrimaryActive: '#08467a',
  colorInfo: '#0b5c9e',
  colorLink: '#0b5c9e',
  colorLinkHover: '#08467a',
  colorLinkActive: '#063559',
  colorSuccess: '#1a7f37',
  colorWarning: '#96610a',
  colorError: '#c2281d',
  colorErrorHover: '#a61f15',
  colorErrorActive: '#8a1810',
  colorTextBase: '#16202b',
  colorText: '#16202b',
  colorTextSecondary: '#44515e',
  colorTextTertiary: '#55616e',
  colorTextQuaternary: '#636f7c',
  colorTextDescription: '#55616e',
  colorTextPlaceholder: '#636f7c',
  colorTextDisabled: '#6a7683',
  colorIcon: '#55616e',
  colorBgLayout: '#f5f7fa',
  colorBorder: '#c8d1da',
  colorBorderSecondary: '#e2e8ee',
  colorSplit: '#e2e8ee',
  controlItemBgHover: '#f0f4f8',
  controlItemBgActive: '#e4f0fa',
  controlItemBgActiveHover: '#d8e9f7',
}

const DARK: Tokens = {
  colorPrimary: '#1f74b8',
  colorPrimaryHover: '#2378bc',
  colorPrimaryActive: '#19639e',
  colorInfo: '#4a9fe0',
  colorLink: '#74b9f5',
  colorLinkHover: '#9ccdf9',
  colorLinkActive: '#9ccdf9',
  colorSuccess: '#4cc06a',
  colorWarning: '#e0a030',
  colorError: '#ff7b70',
  colorTextBase: '#e8edf2',
  colorText: '#e3e9ef',
  colorTextSecondary: '#b7c2cd',
  colorTextTertiary: '#a3afbc',
  colorTextQuaternary: '#93a0ae',
  colorTextDescription: '#a3afbc',
  colorTextPlaceholder: '#93a0ae',
  colorTextDisabled: '#8390a0',
  colorIcon: '#a3afbc',
  colorBgBase: '#0f1216',
  colorBgLayout: '#0f1216',
  colorBgContainer: '#171c22',
  colorBgElevated: '#1d242c',
  colorBorder: '#3a4550',
  colorBorderSecondary: '#29323b',
  colorSplit: '#29323b',
  controlItemBgHover: '#252d36',
  controlItemBgActive: '#15304a',
  controlItemBgActiveHover: '#1a3a58',
}

const SHARED: Tokens = {
  borderRadius: 6,
  fontSize: 14,
  // base.css defines the fonts of each language.
  fontFamily: 'var(--font-text)',
  fontFamilyCode: 'var(--font-code)',
  linkDecoration: 'none',
  linkHoverDecoration: 'underline',
}

/** Class of the element that defines the theme's variables, `--ant-color-text` and so on. */
export const PALETTE = 'palette'

/** antd derives colours from ours and shifts ours in the dark theme; the last step restores our palette exactly. */
const LIGHT_ALGORITHM: MappingAlgorithm[] = [theme.defaultAlgorithm, (_seed, map) => exactly(LIGHT, map)]
const DARK_ALGORITHM: MappingAlgorithm[] = [theme.darkAlgorithm, (_seed, map) => exactly(DARK, map)]

function exactly(palette: Tokens, map: MapToken | undefined): MapToken {
  return { ...map, ...palette } as MapToken // `map` is the complete result of the previous algorithm
}

/** antd's theme in our colours; `isStill` turns its animations off. */
export function consoleTheme({ isDark, isStill }: { isDark: boolean; isStill: boolean }): ThemeConfig {
  const palette = isDark ? DARK : LIGHT
  return {
    cssVar: { key: PALETTE },
    algorithm: isDark ? DARK_ALGORITHM : LIGHT_ALGORITHM,
    token: { ...SHARED, ...palette, motion: !isStill },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        ...(isDark && { dangerColor: '#210a08' }),
      },
      Pagination: {
        itemActiveColor: palette.colorLink ?? '',
        itemActiveColorHover: palette.colorLinkHover ?? '',
      },
      Tabs: { itemSelectedColor: palette.colorLink ?? '', itemHoverColor: palette.colorLinkHover ?? '' },
    },
  }
}
