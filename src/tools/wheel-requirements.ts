import { ActionError, messageOf } from '../errors.ts'
import { type Requirement, readRequirements } from '../lock/wheel-metadata.ts'
import { fetchBytes, fetchFile, shown } from './tool-download.ts'
import { type ReadBytes, readZipEntry } from './zip.ts'

const longestMetadata = 8 * 1024 * 1024
/** A wheel from a server that does not give parts of files is fetched whole up to this size. */
const largestWheel = 256 * 1024 * 1024
/** The end of an archive that is asked for first: the directory of nearly every wheel is in it. */
const tailBytes = 128 * 1024

/** What is asked: a wheel's address and the header that logs in where one is needed. */
export interface WheelQuestion {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/**
 * What a wheel says that it needs, read without fetching it whole: the file beside it that PEP 658 describes, else its METADATA by
 * requests for parts of it. Throws ActionError('solve').
 */
export async function wheelRequirements(question: WheelQuestion): Promise<Requirement[]> {
  const beside = await fetchBytes({ ...question, url: besideOf(question.url), limit: longestMetadata }).catch(
    (error) => {
      if (question.signal?.aborted) throw error
      return null
    },
  )
  return readRequirements((beside ?? (await metadataInside(question))).toString('utf8'))
}

function besideOf(wheel: string): string {
  const url = new URL(wheel)
  url.pathname += '.metadata'
  return url.href
}

async function metadataInside(question: WheelQuestion): Promise<Buffer> {
  const { bytes: tail, start } = await fetchPart(question, `-${tailBytes}`)
  const size = start + tail.length
  const read: ReadBytes = async (from, length) => {
    if (from >= start) return tail.subarray(from - start, from - start + length)
    const part = await fetchPart(question, `${from}-${from + length - 1}`)
    return part.bytes.subarray(from - part.start, from - part.start + length)
  }
  try {
    const metadata = await readZipEntry(
      { read, size },
      (name) => /^[^/]+\.dist-info\/METADATA$/.test(name),
      longestMetadata,
    )
    if (metadata) return metadata
  } catch (error) {
    if (error instanceof ActionError) throw error
    throw new ActionError('solve', `${shown(question.url)} cannot be read: ${messageOf(error)}`, [], { cause: error })
  }
  throw new ActionError('solve', `${shown(question.url)} has no METADATA`, ['it is no wheel: take another version'])
}

/** A part of a file, in the words of the Range header, and where it begins; the whole file where the server gives no parts. */
async function fetchPart(
  { url, headers, signal }: WheelQuestion,
  range: string,
): Promise<{ bytes: Buffer; start: number }> {
  const answer = await fetchFile({ url, signal, limit: largestWheel, headers: { ...headers, range: `bytes=${range}` } })
  const [, start = '0'] = /^bytes (\d+)-/.exec(answer.headers.get('content-range') ?? '') ?? []
  return { bytes: answer.bytes, start: Number(start) }
}
