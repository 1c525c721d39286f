import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Runs axe with all rules or the given ones and returns its violations as readable lines. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await atRest(page)
  // The default mode opens a new page per run to merge cross-origin frames, of which there are none.
  // Without `resultTypes`, axe describes also each element that passes a rule, which takes longer than the rules.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations: found } = await (rules ? axe.withRules([...rules]) : axe).analyze()
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target}\n${failureSummary}`),
  )
}

/**
 * Waits until all transitions and finite animations have ended: colours and sizes in between would be checked
 * otherwise.
 */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ effect, playState }) => playState === 'finished' || effect?.getComputedTiming().endTime === Infinity),
  )
}
