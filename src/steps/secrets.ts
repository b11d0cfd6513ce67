import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs, Secret } from '../inputs.ts'
import type { Trust } from '../trigger/types.ts'

/** Secrets as buildx takes them: files and names of variables, never values in an argument. */
export interface PreparedSecrets {
  /** `type=file,id=…,src=…` or `type=env,id=…,env=…` */
  readonly specifications: readonly string[]
  readonly ssh: readonly string[]
  /** Variables that buildx's environment has to hold. */
  readonly env: Readonly<Record<string, string>>
  /** Paths outside of the repository that buildx reads for them. */
  readonly allowRead: readonly string[]
}

const none: PreparedSecrets = { specifications: [], ssh: [], env: {}, allowRead: [] }

/** Puts secrets where buildx finds them. An untrusted run gets none, whatever its workflow says. */
export async function prepareSecrets({
  inputs,
  host,
  trust,
}: {
  inputs: Inputs
  host: Host
  trust: Trust
}): Promise<PreparedSecrets> {
  const asked = inputs.secrets.length + inputs.ssh.length
  if (asked === 0) return none
  if (trust !== 'trusted') {
    host.out.notice('an untrusted run gets no secrets and no ssh agent')
    return none
  }
  const folder = path.join(host.temp, 'secrets')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const prepared = await Promise.all(
    inputs.secrets.map((secret, at) => prepare(secret, path.join(folder, String(at)), host)),
  )
  return {
    specifications: prepared.map((secret) => secret.specification),
    ssh: inputs.ssh,
    env: Object.assign({}, ...prepared.map((secret) => secret.env)),
    allowRead: prepared.flatMap((secret) => secret.allowRead),
  }
}

interface Prepared {
  readonly specification: string
  readonly env: Record<string, string>
  readonly allowRead: readonly string[]
}

async function prepare({ id, source }: Secret, file: string, host: Host): Promise<Prepared> {
  if ('env' in source) {
    const value = host.env[source.env]
    if (value === undefined)
      throw new ActionError('input', `input secret-envs: the variable ${source.env} (secret ${id}) is not set`, [
        'set it in `env:` of the step',
      ])
    host.out.mask(value)
    return {
      specification: csv([`type=env`, `id=${id}`, `env=${source.env}`]),
      env: { [source.env]: value },
      allowRead: [],
    }
  }
  if ('value' in source) {
    host.out.mask(source.value)
    await writeFile(file, source.value, { mode: 0o600 })
    await chmod(file, 0o600)
    return { specification: csv([`type=file`, `id=${id}`, `src=${file}`]), env: {}, allowRead: [file] }
  }
  const own = path.resolve(host.cwd, source.file)
  return { specification: csv([`type=file`, `id=${id}`, `src=${own}`]), env: {}, allowRead: [own] }
}

/** buildx reads these texts as one CSV record. */
function csv(fields: readonly string[]): string {
  return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
}
