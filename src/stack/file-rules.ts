import { posix } from 'node:path'
import { globMatcher } from './changes.ts'
import { isUnder } from './discover.ts'
import { ignoreMatcher } from './dockerignore.ts'
import { specFiles } from './locate.ts'
import type { Image, Stack } from './types.ts'
import { readersOf, watchesOf } from './watch.ts'

/** A changed file and what it means for an image: whether it counts, and by which rule. */
export interface FileRule {
  readonly file: string
  readonly counts: boolean
  /** In the reader's words: `COPY reads *.txt`. */
  readonly rule: string
}

/** What each of some changed files means for an image; files that have nothing to do with it are left out. */
export function fileRules(stack: Stack, image: Image, files: readonly string[]): FileRule[] {
  const all = globMatcher(stack, stack.buildAll)
  const ignored = globMatcher(stack, stack.ignore)
  const specs = [...(stack.spec ? [stack.spec] : []), ...specFiles(stack.path)]
  return files.flatMap((file): FileRule[] => {
    if (all(file)) return [{ file, counts: true, rule: 'build_all in spec.yml: every image' }]
    if (specs.includes(file)) return [{ file, counts: true, rule: 'the spec: every image' }]
    const rule = ruleFor(image, file)
    if (rule !== null && ignored(file)) return [{ file, counts: false, rule: 'ignore in spec.yml' }]
    if (rule !== null) return [{ file, counts: true, rule }]
    if (!isUnder(file, image.path) && !isUnder(file, image.context)) return []
    return isUnder(file, image.path) ? [{ file, counts: false, rule: unreadRule(image, file) }] : []
  })
}

function ruleFor(image: Image, file: string): string | null {
  if (file === image.dockerfile) return 'its Dockerfile'
  if (file === `${image.dockerfile}.dockerignore` || file === posix.join(image.context, '.dockerignore'))
    return 'its ignore file'
  if (image.lockSources.includes(file)) return 'its lock is made from it'
  const reads = (part: Partial<Image>) =>
    readersOf(watchesOf({ images: [{ ...image, ...part }] }, [file], false), file).size > 0
  const own = image.reads.patterns.find((pattern) =>
    reads({ contexts: {}, reads: { ...image.reads, all: false, patterns: [pattern] } }),
  )
  if (own !== undefined) return own === file ? 'COPY, ADD or a mount reads it' : `COPY, ADD or a mount reads ${own}`
  if (image.reads.all && reads({ contexts: {} })) return 'the whole context counts'
  return reads({}) ? 'it is in a named context' : null
}

function unreadRule({ context, reads }: Image, file: string): string {
  const path = context === '.' ? file : posix.relative(context, file)
  return reads.ignore && ignoreMatcher(reads.ignore)(path) ? '.dockerignore leaves it out' : 'nothing reads it'
}
