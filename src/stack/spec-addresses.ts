import type { ActionError } from '../errors.ts'
import type { SpecEntry } from './spec-entry.ts'

type MakeError = SpecEntry['error']

const ofFiles = /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@)/i
const ofImages = /^(?:docker-image:\/\/|target:)/i

/**
 * An address that BuildKit takes as the context itself: a git repository or an archive. Bake knows more, as `cwd://`, which would
 * lead out of the repository. Throws ActionError('spec').
 */
export function sourceAddress(text: string, error: MakeError): string {
  if (ofFiles.test(text)) return text
  if (!ofImages.test(text)) throw noAddress('context', text, error)
  throw error('context', `${JSON.stringify(text)} is an image, and a context is files`, [
    'Give it under contexts by a name of your own, and write COPY --from=NAME in the Dockerfile',
  ])
}

/** An address of a named context, which may be an image too. Throws ActionError('spec'). */
export function namedAddress(text: string, error: MakeError): string {
  if (ofFiles.test(text) || ofImages.test(text)) return text
  if (!/^oci-layout:\/\//i.test(text)) throw noAddress('contexts', text, error)
  throw error('contexts', `${JSON.stringify(text)} may name any folder of the machine that builds`, [
    'Whoever writes the workflow may name it: give it by the input build-contexts',
  ])
}

function noAddress(key: string, text: string, error: MakeError): ActionError {
  return error(key, `${JSON.stringify(text)} is no address that a build takes`, [
    'It begins with https://, http://, git://, ssh:// or git@; under contexts also with docker-image:// or target:',
    'A folder whose name holds a colon is written with ./ before it',
  ])
}
