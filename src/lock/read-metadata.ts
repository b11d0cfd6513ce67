import { listOf, mappingOf, onlyKeys, optional, plainValue, required, textOf, wordOf } from './read-fields.ts'
import type { Channel, LockMetadata } from './types.ts'
import { type Node, YamlProblem } from './yaml-node.ts'

/** The keys of metadata that are kept unread, with their names here, in conda-lock's order. */
export const keptMetadata = [
  ['time_metadata', 'timeMetadata'],
  ['git_metadata', 'gitMetadata'],
  ['inputs_metadata', 'inputsMetadata'],
  ['custom_metadata', 'customMetadata'],
] as const

const metadataKeys = new Set(['content_hash', 'channels', 'platforms', 'sources', ...keptMetadata.map(([key]) => key)])
const channelKeys = new Set(['url', 'used_env_vars'])

/** `metadata` of conda-lock.yml (conda_lock/lockfile/v1/models.py, LockMeta). */
export function readMetadata(node: Node): LockMetadata {
  const metadata = mappingOf(node, '`metadata`')
  onlyKeys(metadata, metadataKeys, '`metadata`')
  const part = (key: string) => required(metadata, key, '`metadata`')
  const kept = keptMetadata.flatMap(([key, name]) => {
    const value = optional(metadata, key)
    return value ? [[name, plainValue(value, `\`${key}\``)]] : []
  })
  return {
    contentHash: readHashes(part('content_hash')),
    channels: listOf(part('channels'), '`channels`').items.map(readChannel),
    platforms: listOf(part('platforms'), '`platforms`').items.map((item) => wordOf(item, 'a platform')),
    sources: listOf(part('sources'), '`sources`').items.map(readSourcePath),
    ...Object.fromEntries(kept),
  }
}

function readHashes(node: Node): Record<string, string> {
  const { entries } = mappingOf(node, '`content_hash`')
  return Object.fromEntries([...entries].map(([platform, hash]) => [platform, wordOf(hash, 'a content hash')]))
}

function readChannel(node: Node): Channel {
  if ('text' in node) return { url: wordOf(node, 'a channel'), usedEnvVars: [] }
  const channel = mappingOf(node, 'a channel')
  onlyKeys(channel, channelKeys, 'a channel')
  const variables = optional(channel, 'used_env_vars')
  return {
    url: wordOf(required(channel, 'url', 'a channel'), "a channel's `url`"),
    usedEnvVars: variables ? listOf(variables, '`used_env_vars`').items.map((item) => wordOf(item, 'a variable')) : [],
  }
}

function readSourcePath(node: Node): string {
  const path = textOf(node, 'a source')
  if (path === '' || /\p{Cc}/u.test(path)) throw new YamlProblem(node.line, 'a source is no path')
  return path
}
