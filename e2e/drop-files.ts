import type { Locator } from '@playwright/test'

/** A file to drop. */
export interface DroppedFile {
  readonly name: string
  readonly bytes: Uint8Array | string
}

/** Drags and drops files on `target` with synthetic events, as browsers report them. */
export async function dropFiles(target: Locator, files: readonly DroppedFile[]): Promise<void> {
  const encoded = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
  const dataTransfer = await target.page().evaluateHandle((list) => {
    const transfer = new DataTransfer()
    for (const { name, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      // Windows gives .tgz files no type.
      transfer.items.add(new File([bytes], name))
    }
    return transfer
  }, encoded)
  // A handle, because the text by which it was found changes while files hover over it.
  const element = await target.elementHandle()
  for (const type of ['dragenter', 'dragover', 'drop']) await element?.dispatchEvent(type, { dataTransfer })
  await dataTransfer.dispose()
}

/** Drags and drops files and folders from the disk on `target`, through Chromium's DevTools protocol. */
export async function dropFromDisk(target: Locator, paths: readonly string[]): Promise<void> {
  const page = target.page()
  const box = await target.boundingBox()
  if (!box) throw new Error('There is nowhere to drop on screen.')
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data })
  }
  await session.detach()
}
