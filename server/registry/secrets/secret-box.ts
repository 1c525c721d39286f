import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts secrets that must be readable later, for storage in the database. */
export interface SecretBox {
  /** Encrypts with a random nonce. Returns `v1$nonce$ciphertext`, the last two parts in base64url. */
  seal(secret: string): string
  /** Decrypts. Throws {@link WrongKeyError} if the text was encrypted with another key or changed since. */
  open(sealed: string): string
}

/** A stored secret cannot be decrypted with this key. */
export class WrongKeyError extends Error {
  override name = 'WrongKeyError'
}

const TAG_LENGTH = 16

/** Returns a box that encrypts with AES-256-GCM and a key derived from `secret`, which must not be guessable. */
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
