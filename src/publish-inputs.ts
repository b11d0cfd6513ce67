import { ActionError } from './errors.ts'
import { choice, invalid } from './input-values.ts'

/** Inputs about what is published, promoted and released. */
export interface PublishInputs {
  /** Repository for what belongs to the whole stack, without a prefix; empty: the git repository's name. */
  readonly stack: string
  /** Tag or commit that `promote` takes, tag that `revert` moves, git tag that `release` releases; empty: none is named. */
  readonly from: string
  /** Tag that `promote` moves, or tag, commit or `previous` that `revert` goes back to. */
  readonly to: string
  /** What a release of a commit that was never published does. */
  readonly release: 'published' | 'build'
}

/** Their names, as in action.yml. */
export const publishInputNames = ['from', 'to', 'release', 'stack'] as const

/** Reads them. Throws ActionError('input'). */
export function loadPublishInputs(text: (name: (typeof publishInputNames)[number]) => string): PublishInputs {
  const stack = text('stack')
  if (stack !== '' && !/^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/.test(stack))
    throw invalid('stack', stack, ['it is the last part of a repository’s name, in lower case: `docker-images`'])
  return {
    stack,
    from: word('from', text('from')),
    to: word('to', text('to')),
    release: choice('release', text('release') || 'published', ['published', 'build']),
  }
}

/** A git tag may have slashes; what of it can be a tag of an image is for the command to tell. */
function word(name: 'from' | 'to', value: string): string {
  if (value.length > 250 || /[\s\p{Cc}~^:?*[\\]/u.test(value) || value.startsWith('-'))
    throw invalid(name, value, ['it is a tag or a commit, for example `stable` or `2639bd3`'])
  return value
}

/** A command that lacks what it is about. */
export function missingInput(command: string, name: string, example: string): ActionError {
  return new ActionError('input', `${command} needs the input ${name}`, [`for example \`${example}\``])
}
