/** Part of a form: name, content, and optional file name. */
export type Part = readonly [name: string, content: string | Uint8Array, fileName?: string]

const BOUNDARY = 'chartroom-test-boundary'

/** Content type of the forms. */
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`

/** Returns a form as bytes, which a test can truncate or send in pieces. */
export function multipart(parts: readonly Part[]): Buffer<ArrayBuffer> {
  const pieces = parts.flatMap(([name, content, fileName]) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n\r\n`,
    content,
    '\r\n',
  ])
  return Buffer.concat([...pieces, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece)))
}
