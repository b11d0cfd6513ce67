import { asciiOf, booleanOf, listOf, mappingOf, onlyKeys, optional, required, textOf, wordOf } from './read-fields.ts'
import { readMetadata } from './read-metadata.ts'
import type { Lock, LockedPackage, LockMetadata } from './types.ts'
import { readAnyYaml } from './yaml-any.ts'
import { readBlocks } from './yaml-blocks.ts'
import { type Mapping, type Node, withPlace, YamlProblem } from './yaml-node.ts'

/** Characters that a lock may have; the largest of pangeo's history has 1.4 million. */
const largestLock = 16_000_000
/** The same for a lock in a layout that only a reader of all YAML understands, which takes a second for a million. */
const largestOther = 4_000_000

/** A lock and the line (from 1) where each of its packages begins. */
export interface LockWithLines {
  readonly lock: Lock
  readonly lines: readonly number[]
}

/**
 * conda-lock.yml of format 1 (conda-lock 1.0 and later) as data; `file` is named in errors. Throws ActionError('lock')
 * with file and line where conda-lock itself would not read it, and for aliases, tags and what is too large.
 */
export function readLock(text: string, file = 'conda-lock.yml'): Lock {
  return readLockWithLines(text, file).lock
}

/** `readLock`, with lines for messages. */
export function readLockWithLines(text: string, file = 'conda-lock.yml'): LockWithLines {
  return withPlace(file, () => {
    const root = readYaml(text)
    onlyKeys(root, rootKeys, 'a lock')
    checkVersion(required(root, 'version', 'a lock'))
    const nodes = listOf(required(root, 'package', 'a lock'), '`package`').items
    const metadata = readMetadata(required(root, 'metadata', 'a lock'))
    return { lock: { metadata, packages: nodes.map(readPackage) }, lines: nodes.map((node) => node.line) }
  })
}

/**
 * A lock's metadata alone: of a lock as conda-lock writes it only the head is read, some forty lines of thousands. Takes
 * the head of a file too.
 */
export function readLockMetadata(text: string, file = 'conda-lock.yml'): LockMetadata {
  return withPlace(file, () => {
    const end = /^package:/m.exec(text)?.index ?? text.length
    const head = text.slice(0, end)
    const root = readYaml(/^metadata:/m.test(head) ? head : text)
    const version = root.entries.get('version')
    if (version) checkVersion(version)
    return readMetadata(required(root, 'metadata', 'a lock'))
  })
}

const rootKeys = new Set(['version', 'metadata', 'package'])

function readYaml(text: string): Mapping {
  if (text.length > largestLock) throw new YamlProblem(1, `it is larger than ${largestLock / 1_000_000} MB`)
  const blocks = readBlocks(text)
  if (blocks) return blocks
  if (text.length > largestOther)
    throw new YamlProblem(1, `it is larger than ${largestOther / 1_000_000} MB and not laid out as conda-lock does`)
  return readAnyYaml(text)
}

function checkVersion(node: Node): void {
  const version = 'text' in node ? node.text : ''
  if (version !== '1') throw new YamlProblem(node.line, `the format's version is \`${version}\`; only 1 is known`)
}

const packageKeys = new Set(
  'name version manager platform dependencies url hash source build category optional'.split(' '),
)
const hashKeys = new Set(['md5', 'sha256'])
const sourceKeys = new Set(['type', 'url'])
const nothing: Mapping = { line: 0, entries: new Map() }

function readPackage(node: Node): LockedPackage {
  const entry = mappingOf(node, 'a package')
  const name = wordOf(required(entry, 'name', 'a package'), "a package's `name`")
  onlyKeys(entry, packageKeys, name)
  const manager = textOf(required(entry, 'manager', name), `${name}'s \`manager\``)
  if (manager !== 'conda' && manager !== 'pip')
    throw new YamlProblem(entry.line, `${name}'s \`manager\` is \`${manager}\`, not conda or pip`)
  const source = optional(entry, 'source')
  const build = optional(entry, 'build')
  const category = optional(entry, 'category')
  return {
    name,
    version: asciiOf(required(entry, 'version', name), `${name}'s \`version\``),
    manager,
    platform: wordOf(required(entry, 'platform', name), `${name}'s \`platform\``),
    dependencies: readDependencies(optional(entry, 'dependencies') ?? nothing, name),
    url: wordOf(required(entry, 'url', name), `${name}'s \`url\``),
    hash: readHash(required(entry, 'hash', name), name),
    ...(source && { source: readSource(source, name) }),
    ...(build && { build: wordOf(build, `${name}'s \`build\``) }),
    category: category ? wordOf(category, `${name}'s \`category\``) : 'main',
    optional: booleanOf(required(entry, 'optional', name), `${name}'s \`optional\``),
  }
}

/** A key longer than this YAML writes in another way; no package's name is. */
const longestName = 120

function readDependencies(node: Node, name: string): Record<string, string> {
  const dependencies: Record<string, string> = {}
  for (const [key, value] of mappingOf(node, `${name}'s \`dependencies\``).entries) {
    if (!/^[!-~]+$/.test(key) || key.length > longestName)
      throw new YamlProblem(value.line, `${name} depends on \`${key}\`, which is no name`)
    dependencies[key] = asciiOf(value, `${name}'s dependency ${key}`)
  }
  return dependencies
}

function readHash(node: Node, name: string): LockedPackage['hash'] {
  const entry = mappingOf(node, `${name}'s \`hash\``)
  onlyKeys(entry, hashKeys, `${name}'s hash`)
  const md5 = optional(entry, 'md5')
  const sha256 = optional(entry, 'sha256')
  return {
    ...(md5 && { md5: asciiOf(md5, `${name}'s md5`) }),
    ...(sha256 && { sha256: asciiOf(sha256, `${name}'s sha256`) }),
  }
}

function readSource(node: Node, name: string): { type: string; url: string } {
  const entry = mappingOf(node, `${name}'s \`source\``)
  onlyKeys(entry, sourceKeys, `${name}'s source`)
  return {
    type: wordOf(required(entry, 'type', `${name}'s source`), `${name}'s source's \`type\``),
    url: wordOf(required(entry, 'url', `${name}'s source`), `${name}'s source's \`url\``),
  }
}
