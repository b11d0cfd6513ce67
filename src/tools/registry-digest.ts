import { createHash } from 'node:crypto'

/** The digest of a document, from its bytes alone: whatever a registry says it is. */
export function digestOfBytes(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}
