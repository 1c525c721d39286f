import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds wrong with the page, by all its rules or by some, as lines that a person can act on. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await atRest(page)
  // Its other mode opens a page of its own for each run, to add up frames of other origins. There are none.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations: found } = await (rules ? axe.withRules([...rules]) : axe).analyze()
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target}\n${failureSummary}`),
  )
}

/**
 * Waits until every transition and animation has ended, except those that never do: colours and sizes on the way from
 * one to the other are neither.
 */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ effect, playState }) => playState === 'finished' || effect?.getComputedTiming().endTime === Infinity),
  )
}
