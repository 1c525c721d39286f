import { expect, type Page } from '@playwright/test'
import { findLayoutProblems } from './layout-problems.ts'

/** Widths in pixels at which every page is checked. */
const WIDTHS = [320, 390, 768, 1024, 1440, 1920, 2560]

/**
 * Returns the layout problems of the open page at every width, one line each. Resizes the page without reloading it;
 * it keeps the last width.
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
 * Switches the language of the open page in the menu of the header, even if a dialog covers it. A page without a header
 * is reloaded, which applies the language chosen elsewhere.
 */
export async function switchLanguage(page: Page, language: 'English' | '简体中文'): Promise<void> {
  const tag = language === 'English' ? 'en-US' : 'zh-CN'
  const hidden = { includeHidden: true }
  const menu = page.getByRole('button', { name: /^(Language|语言)$/, ...hidden })
  if ((await menu.count()) > 0) {
    const signedIn = await page.getByRole('button', { name: /^(Account|账号) /, ...hidden }).count()
    const kept = signedIn > 0 && page.waitForResponse((response) => response.url().endsWith('/preferences'))
    const choice = page.getByRole('button', { name: language, ...hidden })
    await expect(async () => {
      // A dialog below may take back the focus, which closes the menu.
      if ((await choice.count()) === 0) await menu.dispatchEvent('click')
      await choice.dispatchEvent('click', undefined, { timeout: 1000 })
    }).toPass()
    // Signed in, the choice is saved to the account; a page opened before that would have the old language.
    await kept
  } else {
    await page.evaluate((chosen) => localStorage.setItem('chartroom.language', chosen), tag)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  await page.locator(`html[lang=${tag}]`).waitFor()
}
