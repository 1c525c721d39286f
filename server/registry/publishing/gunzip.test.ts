import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gunzip } from './gunzip.ts'

const text = Buffer.from('a chart, as it were. '.repeat(10_000))
const noise = randomBytes(300_000)

test('decompresses chunks of any size', async () => {
  for (const content of [Buffer.alloc(0), Buffer.from('x'), text, noise, Buffer.alloc(5_000_000)]) {
    for (const size of [1_000_000, 65_536, 4096, 1000, 7]) {
      if (size === 7 && content.length > 250_000) continue
      const { output, error } = await unpack(gzipSync(content), size)
      expect(error).toBeUndefined()
      expect(output.equals(content)).toBe(true)
    }
  }
})

test('skips all optional parts of the header', async () => {
  const plain = gzipSync('content')
  const header = Buffer.from(plain.subarray(0, 10))
  header[3] = 2 | 4 | 8 | 16
  const parts = [
    header,
    Buffer.from([3, 0, 1, 2, 3]),
    Buffer.from('name\0comment\0'),
    Buffer.from([0, 0]),
    plain.subarray(10),
  ]
  expect(await unpack(Buffer.concat(parts), 1)).toEqual({ output: Buffer.from('content'), error: undefined })
})

test('concatenates members', async () => {
  const { output, error } = await unpack(Buffer.concat([gzipSync('one '), gzipSync(''), gzipSync('two')]), 5)
  expect(error).toBeUndefined()
  expect(output.toString()).toBe('one two')
})

test('yields the content before trailing garbage, then throws', async () => {
  for (const garbage of ['\0\0\0\0\0\0\0\0\0\0\0\0', 'garbage that goes on', 'x']) {
    for (const size of [1_000_000, 1]) {
      const { output, error } = await unpack(Buffer.concat([gzipSync('content'), Buffer.from(garbage)]), size)
      expect(output.toString()).toBe('content')
      expect(error).toBeInstanceOf(Error)
    }
  }
})

test('yields the content of a truncated file, then throws', async () => {
  for (const content of [text, noise]) {
    const whole = gzipSync(content)
    for (const cut of [1, 4, 8, 9, 200]) {
      const { output, error } = await unpack(whole.subarray(0, whole.length - cut), 10_000)
      expect(error?.message).toBe('gzip: unexpected end of file')
      expect(content.subarray(0, output.length).equals(output)).toBe(true)
      if (cut <= 8) expect(output.length).toBe(content.length)
      else expect(output.length).toBeGreaterThan(content.length / 2)
    }
  }
})

test('throws for a wrong checksum and damaged data', async () => {
  const checksum = gzipSync('content')
  checksum[checksum.length - 5]! ^= 1 // a gzip file has eight bytes after its contents
  expect(await unpack(checksum, 3)).toMatchObject({ error: { message: 'gzip: invalid checksum' } })
  const damaged = gzipSync(text)
  damaged.fill(0xff, 30, 60)
  expect((await unpack(damaged, 100)).error).toBeInstanceOf(Error)
  expect((await unpack(Buffer.from('no gzip at all'), 100)).error?.message).toBe('gzip: invalid header')
  expect((await unpack(Buffer.alloc(0), 100)).error?.message).toBe('gzip: unexpected end of file')
})

test('closes the source when the consumer stops early', async () => {
  let closed = false
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      while (true) yield gzipSync(noise)
    } finally {
      closed = true
    }
  }
  for await (const _ of gunzip(source())) break
  expect(closed).toBe(true)
})

async function unpack(bytes: Uint8Array, size: number): Promise<{ output: Buffer; error: Error | undefined }> {
  const output: Uint8Array[] = []
  try {
    for await (const chunk of gunzip(cut(bytes, size))) output.push(chunk)
  } catch (error) {
    return { output: Buffer.concat(output), error: error as Error } // gunzip throws nothing else
  }
  return { output: Buffer.concat(output), error: undefined }
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}
