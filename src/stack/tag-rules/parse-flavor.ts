import { type Line, linesOf, readFields, suggest, wrong } from './fields.ts'
import { compileTemplate, globalNames } from './template.ts'
import type { Flavor } from './types.ts'

/** The flavor where nothing is said. */
export const plainFlavor: Flavor = {
  latest: 'auto',
  prefix: [],
  prefixOnLatest: false,
  suffix: [],
  suffixOnLatest: false,
}

const keys = ['latest', 'prefix', 'suffix', 'onlatest']

/**
 * docker/metadata-action's `flavor`: `latest=auto|true|false`, `prefix=…[,onlatest=true]`, `suffix=…[,onlatest=true]`,
 * in one item or several; a later one wins. Throws ActionError('input').
 */
export function parseFlavor(items: readonly string[], where = 'input flavor'): Flavor {
  return linesOf(items, where).reduce(addLine, plainFlavor)
}

function addLine(before: Flavor, line: Line): Flavor {
  let flavor = before
  let last: 'prefix' | 'suffix' | null = null
  for (const { key, value } of readFields(line)) {
    if (key === 'latest') flavor = { ...flavor, latest: latest(line, value) }
    else if (key === 'prefix' || key === 'suffix') {
      flavor = {
        ...flavor,
        [key]: compileTemplate(value, { names: globalNames, where: `${line.where}: "${line.text}"` }),
      }
      last = key
    } else if (key === 'onlatest') {
      if (last === null)
        throw wrong(line, 'onlatest stands alone', ['write it after prefix=… or suffix=…, in one line'])
      flavor = { ...flavor, [`${last}OnLatest`]: truth(line, value) }
    } else throw wrong(line, `"${key ?? value}" is not a key of the flavor`, suggest(key ?? value, keys))
  }
  return flavor
}

function latest(line: Line, value: string): 'auto' | boolean {
  if (value === 'auto') return 'auto'
  if (value !== 'true' && value !== 'false')
    throw wrong(line, `latest "${value}"`, suggest(value, ['auto', 'true', 'false']))
  return value === 'true'
}

function truth(line: Line, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw wrong(line, `onlatest "${value}"`, suggest(value, ['true', 'false']))
  return value === 'true'
}
