import { messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import { saveFolder } from '../tools/actions-cache.ts'
import { cacheKey, isKeyOf } from '../tools/cache-key.ts'
import { readFolder } from '../tools/folder-content.ts'
import { deleteOlderCaches } from '../tools/github-caches.ts'
import { storeFolder, storePrefix, storeTitle } from './restore-store.ts'

/**
 * Keeps the channels' data of a run that ended well for later ones, where it is not what was restored. `restored` is the
 * key of that entry. What this branch kept before goes. Nothing of it can make a run red.
 */
export async function saveStore(host: Host, restored: string): Promise<void> {
  const folder = storeFolder(host)
  try {
    const { bytes, sha256 } = readFolder(folder)
    if (bytes === 0 || isKeyOf(restored, sha256)) return
    const key = cacheKey({ prefix: storePrefix, bytes, content: sha256, attempt: host.env.GITHUB_RUN_ATTEMPT ?? '1' })
    if (!(await saveFolder({ host, folder, title: storeTitle, key }))) return
    host.out.info(`${storeTitle}: kept for later runs as ${key}`)
    const githubToken = host.env['INPUT_GITHUB-TOKEN'] ?? ''
    const deleted = await deleteOlderCaches({ host, githubToken, prefix: storePrefix, key })
    if (deleted === 'refused')
      host.out.info('older ones stay until GitHub drops them: the token may not delete them (actions: write)')
  } catch (error) {
    host.out.warning(`${storeTitle}: not kept for later runs: ${messageOf(error)}`)
  }
}
