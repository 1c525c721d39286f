import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'

/**
 * Decompresses gzip like Go's reader, and so like helm: yields the output before the fault of a truncated or damaged
 * file before throwing, concatenates members, and rejects trailing data that is not a member. Node's Gunzip drops the
 * output of the chunk that contains the fault. Buffers at most a few MiB.
 * Source: Go `compress/gzip` `Reader.Read`, multistream.
 */
export async function* gunzip(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  await using input = new Input(compressed)
  await skipHeader(input)
  do {
    yield* inflateMember(input)
    if (await input.atEnd()) return
    await skipHeader(input)
  } while (true)
}

/** Compressed bytes passed to zlib at a time: limits the buffered output, which is up to 1032 times as much. */
const PIECE = 4096

async function* inflateMember(input: Input): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw()
  const output: Uint8Array[] = []
  let ended = false
  inflater.on('data', (chunk: Uint8Array) => output.push(chunk)).on('end', () => (ended = true))
  const failing = new Promise<Error>((resolve) => inflater.on('error', resolve))
  let checksum = 0
  let size = 0
  try {
    for (let given = 0; !ended; ) {
      const piece = await input.some(PIECE)
      given += piece.length
      const failure = await Promise.race([write(inflater, piece), failing])
      for (const chunk of output.splice(0)) {
        checksum = crc32(chunk, checksum)
        size = (size + chunk.length) % 2 ** 32
        yield chunk
      }
      if (failure) throw failure
      // zlib does not consume the trailer: unconsumed input marks the end of the member.
      if (inflater.bytesWritten < given) {
        input.giveBack(piece.subarray(piece.length - (given - inflater.bytesWritten)))
        ended = true
      }
    }
  } finally {
    inflater.destroy()
  }
  const trailer = await input.exactly(8)
  const view = new DataView(trailer.buffer, trailer.byteOffset)
  if (view.getUint32(0, true) !== checksum || view.getUint32(4, true) !== size)
    throw new Error('gzip: invalid checksum')
}

/** Inflates a piece and emits all of its output. May never settle if zlib fails. */
async function write(inflater: InflateRaw, piece: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => inflater.write(piece, () => resolve()))
  while (inflater.read() !== null);
}

const HAS_CHECKSUM = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16

/** Skips the header of a member. Source: RFC 1952, section 2.3. */
async function skipHeader(input: Input): Promise<void> {
  const header = await input.exactly(10)
  const [magic1, magic2, method, flags = 0] = header
  if (magic1 !== 0x1f || magic2 !== 0x8b || method !== 8) throw new Error('gzip: invalid header')
  if (flags & HAS_EXTRA) {
    const length = await input.exactly(2)
    await input.exactly(new DataView(length.buffer, length.byteOffset).getUint16(0, true))
  }
  if (flags & HAS_NAME) await input.skipText()
  if (flags & HAS_COMMENT) await input.skipText()
  if (flags & HAS_CHECKSUM) await input.exactly(2)
}

/** Reads a stream in chosen amounts. Throws if the stream ends before. */
class Input implements AsyncDisposable {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array()

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async atEnd(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next()
      if (next.done) return true
      this.#rest = next.value
    }
    return false
  }

  /** Takes between one and `limit` bytes. */
  async some(limit: number): Promise<Uint8Array> {
    if (await this.atEnd()) throw new Error('gzip: unexpected end of file')
    const taken = this.#rest.subarray(0, limit)
    this.#rest = this.#rest.subarray(limit)
    return taken
  }

  async exactly(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count)
    for (let filled = 0; filled < count; ) {
      const piece = await this.some(count - filled)
      taken.set(piece, filled)
      filled += piece.length
    }
    return taken
  }

  async skipText(): Promise<void> {
    while ((await this.exactly(1))[0] !== 0);
  }

  /** Puts back the end of the bytes taken last. */
  giveBack(bytes: Uint8Array): void {
    this.#rest = this.#rest.length === 0 ? bytes : new Uint8Array([...bytes, ...this.#rest])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source.return?.()
  }
}
