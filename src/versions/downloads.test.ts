import { describe, expect, test } from 'vitest'
import { createDownloads, type Downloads, type SaveResponse } from './downloads.ts'

describe('downloads', () => {
  test('reports progress, and the size at the end', async () => {
    const disk = fakeDisk()
    const downloads = createDownloads(disk.save, String)
    downloads.start(request('nginx-versions.zip'))
    await soon()
    disk.progress(40, 100)
    expect(downloads.list.get()[0]?.progress).toEqual({ state: 'running', received: 40, total: 100 })
    disk.finish(100)
    await soon()
    expect(downloads.list.get()[0]?.progress).toEqual({ state: 'done', size: 100 })
  })

  test('cancelling aborts the request, and later events are ignored', async () => {
    const disk = fakeDisk()
    const downloads = createDownloads(disk.save, String)
    let signal: AbortSignal | undefined
    downloads.start({
      ...request('a.zip'),
      open: async (requestSignal) => {
        signal = requestSignal
        return new Response('')
      },
    })
    await soon()
    downloads.cancel(only(downloads).id)
    expect(signal?.aborted).toBe(true)
    disk.finish(100)
    await soon()
    expect(only(downloads).progress).toEqual({ state: 'cancelled' })
  })

  test('keeps a failed download with its message when another one starts', async () => {
    const disk = fakeDisk()
    const downloads = createDownloads(disk.save, (error) => (error as Error).message)
    downloads.start({ ...request('gone.tgz'), open: () => Promise.reject(new Error('nginx 1.0.0 is gone')) })
    await soon()
    expect(only(downloads).progress).toEqual({ state: 'failed', message: 'nginx 1.0.0 is gone' })
    downloads.start(request('next.tgz'))
    expect(downloads.list.get().map(({ fileName }) => fileName)).toEqual(['gone.tgz', 'next.tgz'])
    downloads.dismiss(downloads.list.get()[0]!.id) // there are two
    expect(downloads.list.get().map(({ fileName }) => fileName)).toEqual(['next.tgz'])
  })

  test('does not dismiss a running download', () => {
    const downloads = createDownloads(fakeDisk().save, String)
    downloads.start(request('a.zip'))
    downloads.dismiss(only(downloads).id)
    expect(downloads.list.get()).toHaveLength(1)
  })
})

function request(fileName: string) {
  return { fileName, versions: 2, signed: false, open: async () => new Response('') }
}

/** Saves responses under the control of the test. */
function fakeDisk() {
  let onProgress: Parameters<SaveResponse>[2] = () => {}
  const { promise, resolve } = Promise.withResolvers<number>()
  const save: SaveResponse = (_response, _fileName, report) => {
    onProgress = report
    return promise
  }
  return { save, progress: (received: number, total: number) => onProgress(received, total), finish: resolve }
}

function only(downloads: Downloads) {
  const [one, ...others] = downloads.list.get()
  if (!one || others.length > 0) throw new Error('expected one download')
  return one
}

function soon() {
  return new Promise((resolve) => setTimeout(resolve))
}
