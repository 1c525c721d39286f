/** One part of a form: the name, the file name where there is one, and the bytes. */
export type Part = readonly [name: string, content: string | Uint8Array, fileName?: string]

const BOUNDARY = 'chartroom-test-boundary'

/** The content type of the forms that are made here. */
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`

/** A form as its bytes, so that a test can cut it off or send it in pieces. */
export function multipart(parts: readonly Part[]): Buffer<ArrayBuffer> {
  const pieces = parts.flatMap(([name, content, fileName]) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n\r\n`,
    content,
    '\r\n',
  ])
  return Buffer.concat([...pieces, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece)))
}
