import { ActionError } from '../errors.ts'

/** The names that a block can have: `<!-- buildx-action:images -->` … `<!-- /buildx-action:images -->`. */
export const blockNames = ['images', 'bases', 'packages', 'history'] as const

/** What stands between the markers of a name, Markdown. */
export type Blocks = Readonly<Record<(typeof blockNames)[number], string>>

const marker = /^<!-- (\/?)buildx-action:([a-z-]+) -->$/

/**
 * Puts fresh text between the markers of a Markdown file and leaves every other byte as it is: the same blocks give the same
 * file. A marker stands alone in its line, and counts in no code block. Throws ActionError('input') with file and line.
 */
export function updateBlocks(text: string, blocks: Blocks, file: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split('\n')
  const kept: string[] = []
  let open: { name: string; line: number } | null = null
  let fence = ''
  for (const [at, line] of lines.entries()) {
    if (open === null) fence = fenceAfter(fence, line)
    const [, closing, name = ''] = (fence === '' ? marker.exec(line.trim()) : null) ?? []
    if (closing === undefined) {
      if (open === null) kept.push(line)
      continue
    }
    if (closing === '/') {
      if (open?.name !== name) throw misplaced(file, at + 1, `${name} ends here and never began`)
      kept.push(...bodyOf(blocks, name, end), line)
      open = null
    } else {
      if (open) throw misplaced(file, at + 1, `${name} begins within ${open.name}`)
      if (!blockNames.some((known) => known === name)) throw misplaced(file, at + 1, `there is no block "${name}"`)
      open = { name, line: at + 1 }
      kept.push(line)
    }
  }
  if (open) throw misplaced(file, open.line, `${open.name} has no end`)
  return kept.join('\n')
}

/** Lines without their last newline, which the join adds; a blank one around it, as Markdown after HTML asks for. */
function bodyOf(blocks: Blocks, name: string, end: string): string[] {
  const body = blocks[name as keyof Blocks].replace(/\n+$/, '')
  const carriage = end === '\r\n' ? '\r' : ''
  return ['', ...body.split('\n'), ''].map((line) => `${line}${carriage}`)
}

/** The fence that is open after a line; empty where none is. */
function fenceAfter(fence: string, line: string): string {
  const found = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line.replace(/\r$/, ''))
  if (!found) return fence
  const [, marks = '', rest = ''] = found
  if (fence === '') return marks
  return marks[0] === fence[0] && marks.length >= fence.length && rest.trim() === '' ? '' : fence
}

function misplaced(file: string, line: number, what: string): ActionError {
  return new ActionError('input', `${file}:${line}: ${what}`, [
    `a block is <!-- buildx-action:NAME --> and <!-- /buildx-action:NAME -->, each alone in its line; NAME is ${blockNames.join(', ')}`,
  ])
}
