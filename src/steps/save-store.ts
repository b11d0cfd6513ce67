import { messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import { saveFolder } from '../tools/actions-cache.ts'
import { cacheKey, isKeyOf } from '../tools/cache-key.ts'
import { readFolder } from '../tools/folder-content.ts'
import { storeFolder, storePrefix, storeTitle } from './restore-store.ts'

/**
 * Keeps the channels' data of a run that ended well for later ones, where it is not what was restored. `restored` is the
 * key of that entry. Nothing of it can make a run red.
 */
export async function saveStore(host: Host, restored: string): Promise<void> {
  const folder = storeFolder(host)
  try {
    const { bytes, sha256 } = readFolder(folder)
    if (bytes === 0 || isKeyOf(restored, sha256)) return
    const key = cacheKey({ prefix: storePrefix, bytes, content: sha256, attempt: host.env.GITHUB_RUN_ATTEMPT ?? '1' })
    if (await saveFolder({ host, folder, title: storeTitle, key }))
      host.out.info(`${storeTitle}: kept for later runs as ${key}`)
  } catch (error) {
    host.out.warning(`${storeTitle}: not kept for later runs: ${messageOf(error)}`)
  }
}
