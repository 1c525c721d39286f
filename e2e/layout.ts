import { expect, type Page } from '@playwright/test'
import { findLayoutProblems } from './layout-problems.ts'

/** Widths that every page is looked at, in pixels: house-style 45. */
const WIDTHS = [320, 390, 768, 1024, 1440, 1920, 2560]

/**
 * Problems of the open page's layout at every width, one line each. The page is resized, not loaded again; it keeps
 * the last width.
 */
export async function layoutProblems(page: Page): Promise<string[]> {
  const problems: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 768 ? 844 : 900 })
    const found = await page.evaluate(findLayoutProblems)
    problems.push(...found.map((problem) => `${width} px: ${problem}`))
  }
  return problems
}

/**
 * Puts the open page into another language through the menu of the header, whatever lies over it. A page without a
 * header is loaded again, which shows the language that was chosen elsewhere.
 */
export async function speak(page: Page, language: 'English' | '简体中文'): Promise<void> {
  const tag = language === 'English' ? 'en-US' : 'zh-CN'
  const hidden = { includeHidden: true }
  const menu = page.getByRole('button', { name: /^(Language|语言)$/, ...hidden })
  if ((await menu.count()) > 0) {
    const signedIn = await page.getByRole('button', { name: /^(Account|账号) /, ...hidden }).count()
    const kept = signedIn > 0 && page.waitForResponse((response) => response.url().endsWith('/preferences'))
    const choice = page.getByRole('button', { name: language, ...hidden })
    await expect(async () => {
      // A dialog below may take the focus back, which closes the menu.
      if ((await choice.count()) === 0) await menu.dispatchEvent('click')
      await choice.dispatchEvent('click', undefined, { timeout: 1000 })
    }).toPass()
    // Signed in, the account remembers it: a page that is opened before that comes in the language before.
    await kept
  } else {
    await page.evaluate((chosen) => localStorage.setItem('chartroom.language', chosen), tag)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  await page.locator(`html[lang=${tag}]`).waitFor()
}
