import { ActionError } from '../../src/errors.ts'
import { type ChannelData, findRecord } from './repodata.ts'

/** Where conda-forge's packages are, as locks write it. */
export const condaForge = 'https://conda.anaconda.org/conda-forge'

/** From which channel to which, both without a slash at the end; `data` is what the second one serves. */
export interface Translation {
  readonly from?: string
  readonly to: string
  readonly data: ChannelData
}

/**
 * A lock with another channel's URLs and hashes: the same packages, the same bytes elsewhere. Takes explicit locks and
 * conda-lock.yml of every layout. A package that the other channel does not have is an error.
 */
export function translateLock(text: string, { from = condaForge, to, data }: Translation): string {
  const url = new RegExp(`${from.replace(/[^\w/:]/g, '\\$&')}/(\\S+?)(#[0-9a-f]+)?$`, 'm')
  return entries(text)
    .map((entry) => translateEntry(entry, url, to, data))
    .join('')
}

/** Lines of an explicit lock, or the packages of a conda-lock.yml: each of them names one URL at most. */
function entries(text: string): string[] {
  return text.split(/^@EXPLICIT$/m).length > 1 ? text.split(/(?<=\n)/) : text.split(/^(?=- )/m)
}

function translateEntry(entry: string, url: RegExp, to: string, data: ChannelData): string {
  const [whole, path, hash] = url.exec(entry) ?? []
  if (whole === undefined || path === undefined) return entry
  const record = findRecord(data, path)
  if (!record) {
    throw new ActionError('input', `the sandbox's channel has no package ${path}`, [`The lock has ${whole.trim()}.`])
  }
  return entry
    .replace(whole, () => `${to}/${path}${hash ? `#${hash.length === 65 ? record.sha256 : record.md5}` : ''}`)
    .replace(/^( +md5: ).*$/m, (_, key: string) => key + record.md5)
    .replace(/^( +sha256: ).*$/m, (_, key: string) => key + record.sha256)
}
