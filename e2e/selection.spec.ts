import { expect, type Locator } from '@playwright/test'
import { fillInstance } from './fill-instance.ts'
import { test } from './test.ts'

/** Lists with selectable rows. */
const LISTS = {
  charts: '/charts',
  'charts of a namespace': '/charts?namespace=team',
  versions: '/namespaces/team/charts/nginx/versions',
  namespaces: '/namespaces',
  artifacts: '/artifacts',
}

for (const width of [320, 768, 1440]) {
  test(`selecting and deselecting rows does not move any row at ${width} px`, async ({ page, signedIn, instance }) => {
    await page.setViewportSize({ width, height: 900 })
    await fillInstance(signedIn, instance.id)
    for (const [name, path] of Object.entries(LISTS)) {
      await test.step(name, async () => {
        await page.goto(`/instances/${instance.id}${path}`)
        await page.getByRole('checkbox').nth(1).waitFor()
        await page.waitForLoadState('networkidle')
        const boxes = page.getByRole('table').getByRole('checkbox')
        const [, first, second] = await placesOf(boxes)
        if (!first || !second) throw new Error(`${name} has less than two rows.`)
        // Click where the rows were before, as a user would.
        await page.mouse.click(first.x, first.y)
        await page.mouse.click(second.x, second.y)
        await expect(boxes.nth(1)).toBeChecked()
        await expect(boxes.nth(2)).toBeChecked()
        const bar = page.getByRole('region', { name: '2 selected' })
        await expect(bar).toBeVisible()
        await expect(page.getByRole('searchbox')).toBeHidden()
        expect((await placesOf(boxes))[1], name).toEqual(first)
        await bar.getByRole('button', { name: 'Clear selection' }).click()
        await expect(page.getByRole('searchbox')).toBeVisible()
        expect((await placesOf(boxes))[1], name).toEqual(first)
      })
    }
  })
}

/** Centres of the elements, in pixels of the viewport. */
function placesOf(elements: Locator): Promise<{ x: number; y: number }[]> {
  return elements.evaluateAll((all) =>
    all.map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    }),
  )
}
