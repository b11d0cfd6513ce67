import { ActionError } from './errors.ts'
import { autoOrBoolean } from './input-values.ts'
import type { InputName } from './inputs.ts'
import { shorten } from './report/visible.ts'

/** The inputs about what is checked and told of an image. */
export interface CheckInputs {
  /** Whether images are tested; `auto`: where something tests them. `true`: an image without a test that can run fails. */
  readonly tests: 'auto' | boolean
  /** Whether images are described; `auto`: in the action, not in local runs. */
  readonly manifests: 'auto' | boolean
  /** buildx's `attest` values for what is pushed; empty for what buildx does by itself. */
  readonly attest: readonly string[]
}

/** Names of the inputs about checks. */
export const checkInputNames = ['tests', 'manifests', 'provenance', 'sbom'] as const

/** Texts → checked values. Throws ActionError('input'). */
export function loadCheckInputs({ text }: { readonly text: (name: InputName) => string }): CheckInputs {
  return {
    tests: autoOrBoolean('tests', text('tests')),
    manifests: autoOrBoolean('manifests', text('manifests')),
    attest: [...attestation('provenance', text('provenance')), ...attestation('sbom', text('sbom'))],
  }
}

/** What each takes besides true and false, as docker/build-push-action has it. */
const parameters = {
  provenance:
    /^(mode=(min|max)|builder-id=[^,"\s]+|reproducible=(true|false)|inline-only=(true|false)|version=[\w.]+)$/,
  sbom: /^(generator=[\w.:/@-]+|scan-context=(true|false)|scan-stage=(true|false))$/,
} as const

const remedies = {
  provenance: 'it can be true, false, mode=min, mode=max, with builder-id=URL',
  sbom: 'it can be true, false or generator=IMAGE',
} as const

function attestation(name: keyof typeof parameters, value: string): string[] {
  if (value === '') return []
  if (/^false$/i.test(value)) return [`type=${name},disabled=true`]
  if (/^true$/i.test(value)) return [`type=${name}`]
  if (value.split(',').every((part) => parameters[name].test(part))) return [`type=${name},${value}`]
  throw new ActionError('input', `input ${name}: ${JSON.stringify(shorten(value, 100))} is not a value of it`, [
    remedies[name],
  ])
}
