import { ActionError } from './errors.ts'
import { autoOrBoolean, size } from './input-values.ts'
import type { InputName } from './inputs.ts'
import { shorten } from './report/visible.ts'
import { canonicalReference } from './stack/canonical.ts'

/** The inputs about cache mounts. */
export interface MountInputs {
  /** Whether they are brought back from run to run; `auto`: where the builder does not keep them itself. */
  readonly cacheMounts: 'auto' | boolean
  /** Bytes that all of them together may take. */
  readonly cacheMountsSize: number
  /** The image in which they are filled and read: a shell with find, awk, sort, stat, cpio and sha256sum. */
  readonly utilityImage: string
}

/** Names of the inputs about cache mounts. */
export const mountInputNames = ['cache-mounts', 'cache-mounts-size', 'utility-image'] as const

/** Texts → checked values. Throws ActionError('input'). */
export function loadMountInputs({ text }: { readonly text: (name: InputName) => string }): MountInputs {
  return {
    cacheMounts: autoOrBoolean('cache-mounts', text('cache-mounts')),
    cacheMountsSize: size('cache-mounts-size', text('cache-mounts-size'), 2e9),
    utilityImage: imageReference(text('utility-image') || 'busybox:stable'),
  }
}

/** It stands in a Dockerfile: nothing but a reference may. */
function imageReference(value: string): string {
  if (/^[\w.:/@-]+$/.test(value) && canonicalReference(value)) return value
  throw new ActionError(
    'input',
    `input utility-image: ${JSON.stringify(shorten(value, 100))} is no reference to an image`,
    ['write it as in FROM, for example busybox:stable or quay.io/me/busybox@sha256:…'],
  )
}
