import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'

/**
 * Unpacks gzip as Go's reader does, and so as helm sees it: what comes before the fault in a cut-off or damaged file
 * is handed on before the error, members that follow one another are read as one, and what follows them must be
 * another member. Node's own Gunzip drops the output of the piece that has the fault. Holds a few MiB at most.
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

/** Compressed bytes given to zlib at a time. It makes 1032 of each at most, and all that it makes is held. */
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
      // What zlib did not want is the trailer, so that the end is always seen.
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

/** Has a piece inflated, and all that comes of it put out. Where it fails, the answer may never come. */
async function write(inflater: InflateRaw, piece: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => inflater.write(piece, () => resolve()))
  while (inflater.read() !== null);
}

const HAS_CHECKSUM = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16

/** RFC 1952, 2.3: the header of a member. */
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

/** Bytes that can be taken in the amounts wanted. What is cut off before the amount is an error. */
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

  /** One byte at least, `limit` at most. */
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

  /** Puts back the end of what was taken last. */
  giveBack(bytes: Uint8Array): void {
    this.#rest = this.#rest.length === 0 ? bytes : new Uint8Array([...bytes, ...this.#rest])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source.return?.()
  }
}
