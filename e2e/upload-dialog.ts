import { expect, type Locator, type Page } from '@playwright/test'
import type { TestChart } from '../chart/testing/make-chart.ts'
import type { DroppedFile } from './drop-files.ts'

/** Opens the upload dialog over the chart list of a namespace, or of all of them. */
export async function openDialog(page: Page, instanceId: string, namespace: string | null = 'team'): Promise<Locator> {
  await page.goto(`/instances/${instanceId}/charts${namespace === null ? '' : `?namespace=${namespace}`}`)
  await page.getByRole('button', { name: 'Upload', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Upload Helm charts' })
  await expect(dialog.getByText('Drop .tgz and .prov files here')).toBeVisible()
  return dialog
}

/** A chart in the dialog, by its name and version or its file. */
export function row(dialog: Locator, name: string): Locator {
  return dialog.getByRole('listitem').filter({ hasText: name })
}

/** The file that a chart is packaged as. */
export const fileOf = (chart: TestChart): DroppedFile => ({ name: chart.fileName, bytes: chart.bytes })
