import { expect, type Locator, type Page } from '@playwright/test'
import type { TestChart } from '../chart/testing/make-chart.ts'
import type { DroppedFile } from './drop-files.ts'

/** Opens the upload dialog on the chart list of a namespace, or of all namespaces. */
export async function openDialog(page: Page, instanceId: string, namespace: string | null = 'team'): Promise<Locator> {
  await page.goto(`/instances/${instanceId}/charts${namespace === null ? '' : `?namespace=${namespace}`}`)
  await page.getByRole('button', { name: 'Upload', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Upload Helm charts' })
  await expect(dialog.getByText('Drop .tgz and .prov files here')).toBeVisible()
  return dialog
}

/** Row of a chart in the dialog, by name and version or by file name. */
export function row(dialog: Locator, name: string): Locator {
  return dialog.getByRole('listitem').filter({ hasText: name })
}

/** File of a packaged chart, for a file chooser. */
export const fileOf = (chart: TestChart): DroppedFile => ({ name: chart.fileName, bytes: chart.bytes })
