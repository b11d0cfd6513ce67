import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder of its own, removed at the end of the block (`await using`). */
export interface Temporary extends AsyncDisposable {
  readonly folder: string
}

/** Makes an empty folder. */
export async function createTemporary(): Promise<Temporary> {
  const folder = await mkdtemp(path.join(tmpdir(), 'buildx-action-test-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
