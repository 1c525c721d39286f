import { packChart } from '../../../chart/pack-chart.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { type ChartFolder, filesToPack } from './chart-folders.ts'
import type { Reading } from './chosen-files.ts'
import { readChosenFile } from './read-chosen-file.ts'

/**
 * Packages a chart folder and reads the package like a chosen file. `limit` is the maximum size of a package in bytes.
 * The resulting file is the package, or `unpacked` if packaging failed. Never throws.
 */
export async function readChartFolder(
  folder: ChartFolder,
  unpacked: File,
  limit: number,
): Promise<{ reading: Reading; file: File }> {
  try {
    const { fileName, bytes } = await packChart(filesToPack(folder))
    const file = new File([bytes], fileName)
    return { reading: await readChosenFile(file, limit), file }
  } catch (problem) {
    if (!(problem instanceof ChartProblem)) return { reading: { state: 'unreadable' }, file: unpacked }
    return { reading: { state: 'refused', problem }, file: unpacked }
  }
}
