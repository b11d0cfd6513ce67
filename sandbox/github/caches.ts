import { type Answer, type Call, type Handler, page, Refusal } from './call.ts'

/** Entries of the Actions cache, of the service that the double was started with (docs.github.com, "Actions Cache"). */
export const cacheHandlers: Readonly<Record<string, Handler>> = {
  'actions/get-actions-cache-list': { handle: listCaches },
  'actions/get-actions-cache-usage': { handle: readUsage },
  'actions/delete-actions-cache-by-id': { needs: ['actions'], handle: deleteCache },
}

/** `key` is the beginning of a key. */
function listCaches(call: Call): Answer {
  const { ref, key = '' } = call.query
  const found = (call.world.caches?.entries() ?? [])
    .filter((entry) => (ref === undefined || entry.ref === ref) && entry.key.startsWith(key))
    .toReversed()
  const time = new Date().toISOString()
  const shown = found.map(({ id, ref, key, version, content }) => ({
    ...{ id, ref, key, version, size_in_bytes: content.length },
    ...{ created_at: time, last_accessed_at: time },
  }))
  return page(call, shown, (list) => ({ total_count: found.length, actions_caches: list }))
}

function readUsage({ world }: Call): Answer {
  const entries = world.caches?.entries() ?? []
  const { owner, name } = world.base
  const body = {
    full_name: `${owner}/${name}`,
    active_caches_size_in_bytes: entries.reduce((sum, { content }) => sum + content.length, 0),
    active_caches_count: entries.length,
  }
  return { status: 200, body }
}

function deleteCache({ world, values }: Call): Answer {
  const id = Number(values.cache_id)
  if (!world.caches?.entries().some((entry) => entry.id === id)) throw new Refusal(404, 'Not Found')
  world.caches.remove(id)
  return { status: 204, body: null }
}
