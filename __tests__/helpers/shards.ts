import { type Shard, shardOfRecords } from '../../src/lock/shard.ts'

/** A record of a channel, as far as a test says what it is. */
export interface RecordPart {
  readonly name: string
  readonly version: string
  readonly build?: string
  readonly depends?: readonly string[]
  readonly constrains?: readonly string[]
  readonly timestamp?: number
  readonly track_features?: string
}

/** A whole record with its file name. */
export function createEntry(part: RecordPart): [filename: string, record: Record<string, unknown>] {
  const record = {
    build: '0',
    build_number: 0,
    depends: [],
    subdir: 'noarch',
    md5: '0'.repeat(32),
    sha256: 'a'.repeat(64),
    size: 1,
    ...part,
  }
  return [`${record.name}-${record.version}-${record.build}.conda`, record]
}

/** A shard of one name. */
export function createShard(name: string, parts: readonly Omit<RecordPart, 'name'>[]): Shard {
  return shardOfRecords(
    name,
    parts.map((part) => createEntry({ ...part, name })),
  )
}
