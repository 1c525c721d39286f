import type { Locator } from '@playwright/test'

/** A file as a person has it on their computer. */
export interface DroppedFile {
  readonly name: string
  readonly bytes: Uint8Array | string
}

/** Drags files over `target` and lets them go there, as a browser reports it. */
export async function dropFiles(target: Locator, files: readonly DroppedFile[]): Promise<void> {
  const encoded = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
  const dataTransfer = await target.page().evaluateHandle((list) => {
    const transfer = new DataTransfer()
    for (const { name, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      // The type that Windows gives these is none at all.
      transfer.items.add(new File([bytes], name))
    }
    return transfer
  }, encoded)
  // The element itself: its words change while files hover over it.
  const element = await target.elementHandle()
  for (const type of ['dragenter', 'dragover', 'drop']) await element?.dispatchEvent(type, { dataTransfer })
  await dataTransfer.dispose()
}
