import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { Move, Target } from '../publish/types.ts'
import { type MovesReport, type ReportedMove, renderMovesSummary, renderMovesText } from '../report/moves.ts'
import { imageNames } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Verdict } from './conclude.ts'

/** What was moved, before it is told. */
interface Question {
  readonly report: Omit<MovesReport, 'moves'> & { readonly moves: readonly Move[]; readonly same: readonly Target[] }
  readonly images: readonly Image[]
  readonly inputs: Inputs
  readonly host: Host
  /** More for the JSON. */
  readonly json?: Readonly<Record<string, unknown>>
}

/** Tells of moved tags: summary, log or JSON, and the outputs `tags`, `digests` and `report`. */
export async function concludeMoves({ report, images, inputs, host, json = {} }: Question): Promise<Verdict> {
  const { same, moves: moved, ...rest } = report
  const moves = reported([...moved, ...same.map((target) => ({ ...target, from: target.to }))], images, inputs)
  const full: MovesReport = { ...rest, moves }
  const { command, request, dryRun } = full
  const data = { command, request, dryRun, moves, ...json }
  await host.out.result({
    json: data,
    text: renderMovesText(full, { color: host.out.colour }),
    markdown: (limit) => renderMovesSummary(full, limit),
  })
  host.out.output('tags', moves.map(({ reference }) => reference).join('\n'))
  host.out.output('digests', JSON.stringify(Object.fromEntries(moves.map(({ image, to }) => [image, to]))))
  const file = path.join(host.kept, 'report.json')
  await writeFile(file, JSON.stringify({ ...data, started: full.started, completed: full.completed }, null, 2)).catch(
    () => undefined,
  )
  host.out.output('report', file)
  return { ok: true, message: '', details: [] }
}

/** In the order of the stack. A variant shares its repository with others: its tags begin with its name. */
function reported(moves: readonly Move[], images: readonly Image[], inputs: Inputs): ReportedMove[] {
  const byPrefix = images.toSorted((one, other) => other.tagPrefix.length - one.tagPrefix.length)
  const imageOf = ({ repository, tag }: Move) =>
    byPrefix.find((image) => imageNames(image, inputs.registry).includes(repository) && tag.startsWith(image.tagPrefix))
  return images.flatMap((image) =>
    moves
      .filter((move) => imageOf(move) === image)
      .map(({ repository, tag, from, to }) => ({ image: image.name, reference: `${repository}:${tag}`, from, to })),
  )
}
