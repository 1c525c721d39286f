import { createDownloads } from './downloads.ts'
import { saveResponse } from './save-response.ts'

/** The one list of downloads: it outlives the page that a download was started on. */
export const consoleDownloads = createDownloads(saveResponse, (error) =>
  error instanceof Error ? error.message : String(error),
)
