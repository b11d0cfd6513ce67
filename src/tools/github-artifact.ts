import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { TextFile } from './github-commit.ts'

/** An artifact of the run that was uploaded. */
export interface UploadedArtifact {
  readonly id: number
  readonly name: string
}

/** Days that an artifact is kept; a repository may allow fewer. */
const days = 30

/**
 * Keeps files as an artifact of the run: what a run without any permission may do, too. Null where there is no service
 * for it (GitHub Enterprise Server, other runners) or it does not answer.
 */
export async function uploadArtifact(question: {
  readonly host: Host
  readonly name: string
  readonly files: readonly TextFile[]
}): Promise<UploadedArtifact | null> {
  const { host, name, files } = question
  if (!host.env.ACTIONS_RUNTIME_TOKEN || !host.env.ACTIONS_RESULTS_URL) return null
  const folder = path.join(host.temp, 'artifact', name)
  try {
    const { DefaultArtifactClient } = await import('@actions/artifact')
    const written = await Promise.all(files.map(async (file) => await write(folder, file)))
    const { id } = await new DefaultArtifactClient().uploadArtifact(name, written, folder, { retentionDays: days })
    return id === undefined ? null : { id, name }
  } catch (error) {
    host.out.debug(`artifact ${name}: ${messageOf(error)}`)
    return null
  }
}

async function write(folder: string, file: TextFile): Promise<string> {
  const target = path.join(folder, file.path)
  if (path.relative(folder, target).startsWith('..')) throw new Error(`${file.path} is outside of the artifact`)
  await mkdir(path.dirname(target), { recursive: true })
  await writeFile(target, file.text, { flag: 'wx' })
  return target
}
