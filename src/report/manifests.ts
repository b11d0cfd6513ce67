import type { Manifest } from '../check/types.ts'
import { details, fence, inline, table } from './markdown.ts'
import type { ImageResult, RunResult } from './types.ts'

const managers = ['conda', 'pip', 'apt', 'apk', 'rpm'] as const

/** What is in the images, in numbers, folded; empty where none was described. */
export function manifestsPart({ images }: RunResult): string {
  const described = images.flatMap(({ name, manifest }) => (manifest ? [{ name, manifest }] : []))
  if (described.length === 0) return ''
  const columns = [
    { head: 'image', cell: (one: (typeof described)[0]) => inline(one.name) },
    { head: 'system', cell: (one: (typeof described)[0]) => inline(one.manifest.system ?? '', 60) },
    { head: 'Python', cell: (one: (typeof described)[0]) => inline(one.manifest.python ?? '', 30) },
    { head: 'CUDA', cell: (one: (typeof described)[0]) => inline(one.manifest.cuda ?? '', 30) },
    ...managers.map((manager) => ({
      head: manager,
      cell: (one: (typeof described)[0]) => String(one.manifest.packages[manager]?.length ?? ''),
    })),
  ].filter(({ cell }) => described.some((one) => cell(one) !== ''))
  const rows = described.map((one) => columns.map(({ cell }) => cell(one)))
  return details(
    'What is in the images',
    table(
      columns.map(({ head }) => head),
      rows,
    ),
  )
}

/** One image's manifest as a page of Markdown. */
export function manifestPage({ name, digest, tags }: ImageResult, manifest: Manifest): string {
  const facts = [
    ['image', name],
    ['digest', digest],
    ['tags', tags.join(', ')],
    ['system', manifest.system],
    ['Python', manifest.python],
    ['CUDA', manifest.cuda],
  ].flatMap(([label, value]) => (value ? [[label ?? '', inline(value, 1000)]] : []))
  const lists = managers.flatMap((manager) => {
    const packages = manifest.packages[manager]
    if (!packages) return []
    const text = packages.map((one) => [one.name, one.version, one.build].filter(Boolean).join(' ')).join('\n')
    return [`## ${manager}: ${packages.length} packages`, fence(text)]
  })
  const commands = manifest.commands.flatMap(({ command, status, output }) => [
    `## ${inline(command, 200)}`,
    ...(status === 0 ? [] : [`It ended with exit code ${status ?? 'unknown'}.`]),
    fence(output),
  ])
  return `${[`# ${inline(name)}`, table(['', ''], facts), ...commands, ...lists].join('\n\n')}\n`
}
