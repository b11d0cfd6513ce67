import { boolean, choice, invalid, repositoryPath } from './input-values.ts'
import type { InputName } from './inputs.ts'
import type { ListSyntax } from './lists.ts'

/** What `history` can show alone. */
export const shown = [
  'images',
  'bases',
  'packages',
  'history',
  'dockerfiles',
  'jupyterhub',
  'prepull',
  'binder',
] as const

/** The inputs of the command `history`. */
export interface HistoryInputs {
  /** One of its documents alone; empty: all that a person reads. */
  readonly show: '' | (typeof shown)[number]
  /** Markdown files whose marked blocks are rewritten, relative to the repository's root. */
  readonly readme: readonly string[]
  /** The pages are pushed to the repository's wiki. */
  readonly wiki: boolean
  /** `OWNER/NAME` of a GitHub repository with a branch for each image, for links; empty: no links. */
  readonly binderRepository: string
}

/** Names of the inputs of `history`. */
export const historyInputNames = ['show', 'readme', 'wiki', 'binder-repository'] as const

/** Texts → checked values. Throws ActionError('input'). */
export function loadHistoryInputs({
  text,
  list,
}: {
  readonly text: (name: InputName) => string
  readonly list: (name: InputName, syntax: ListSyntax) => string[]
}): HistoryInputs {
  const show = text('show')
  const binderRepository = text('binder-repository')
  if (!/^([A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100})?$/.test(binderRepository))
    throw invalid('binder-repository', binderRepository, ['it is OWNER/NAME on GitHub: `pangeo-data/notebook-binder`'])
  return {
    show: show === '' ? '' : choice('show', show, shown),
    readme: [...new Set(list('readme', { separator: 'lines-or-commas' }))].map((path) =>
      repositoryPath('readme', path, 'it is a file of the repository, for example `README.md`'),
    ),
    wiki: boolean('wiki', text('wiki') || 'false'),
    binderRepository,
  }
}
