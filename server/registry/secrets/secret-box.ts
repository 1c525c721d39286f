import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps secrets that must be read again: what is written down is of no use without the key. */
export interface SecretBox {
  /** `v1$nonce$text`, the last two in base64url. Each time another one. */
  seal(secret: string): string
  /** Throws {@link WrongKeyError} for what was sealed with another key, or changed since. */
  open(sealed: string): string
}

/** What was sealed cannot be opened with this key. */
export class WrongKeyError extends Error {
  override name = 'WrongKeyError'
}

const TAG_LENGTH = 16

/** AES-256-GCM under a key derived from `secret`, which may be any text that cannot be guessed. */
export function makeSecretBox(secret: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', secret, 'chartroom', 'secret-box', 32))
  return {
    seal(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return ['v1', nonce.toString('base64url'), sealed.toString('base64url')].join('$')
    },
    open(text) {
      const [scheme, nonce, sealed] = text.split('$')
      if (scheme !== 'v1' || !nonce || !sealed) throw new WrongKeyError('Not a sealed secret that this version knows.')
      const bytes = Buffer.from(sealed, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
        decipher.setAuthTag(bytes.subarray(-TAG_LENGTH))
        return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_LENGTH)), decipher.final()]).toString('utf8')
      } catch (error) {
        throw new WrongKeyError('The secret was sealed with another key.', { cause: error })
      }
    },
  }
}
