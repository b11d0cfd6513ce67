/** A wheel's place among those of one version that all fit: compared part by part, the smaller is the better. */
type Rank = readonly number[]

/**
 * The wheel that an installer takes for a Python (`3.12.7`) on a machine of these platform tags, as packaging orders tags: made for
 * this CPython, then the stable ABI, then any; the newest of the platform's tags first. Among equals the highest build
 * number. Null where none fits.
 */
export function bestWheel<T extends { readonly url: string }>(
  wheels: readonly T[],
  { python, tags }: { readonly python: string; readonly tags: RegExp },
): T | null {
  const minor = Number(python.split('.')[1])
  const ranked = wheels
    .map((wheel) => ({ wheel, rank: rankOf(fileOf(wheel.url), minor, tags) }))
    .filter(({ rank }) => rank.every(Number.isFinite))
  return ranked.sort((a, b) => byRank(a.rank, b.rank) || (a.wheel.url < b.wheel.url ? -1 : 1))[0]?.wheel ?? null
}

function fileOf(url: string): string {
  return decodeURIComponent(URL.parse(url)?.pathname.split('/').at(-1) ?? '')
}

/** `name-version(-build)?-python-abi-platform.whl`; each of the tags can be several, joined by dots. */
function rankOf(file: string, minor: number, tags: RegExp): Rank {
  const parts = file.replace(/\.whl$/, '').split('-')
  const [pythons = '', abis = '', platforms = ''] = parts.slice(-3)
  const build = parts.length === 6 ? Number.parseInt(parts[2] ?? '', 10) || 0 : 0
  const interpreter = pythons
    .split('.')
    .flatMap((python) => abis.split('.').map((abi) => pythonRank(python, abi, minor)))
  const platform = Math.min(
    ...platforms
      .split('.')
      .filter((tag) => tags.test(tag))
      .map(platformRank),
  )
  // What fits any platform comes after all that is made for one, whatever its Python.
  return [platform === anyPlatform ? 1 : 0, Math.min(...interpreter), platform, -build]
}

/** cp312-cp312, cp312-abi3, cp312-none, cp311-abi3 …, py312, py3, py311 … */
function pythonRank(python: string, abi: string, minor: number): number {
  const [, kind, version = ''] = /^(cp|py)(3\d*)$/.exec(python) ?? []
  const distance = minor - Number(version.slice(1) || Number.NaN)
  if (kind === 'cp' && distance === 0) return abi === 'abi3' ? 1 : abi === 'none' ? 2 : 0
  if (kind === 'cp' && abi === 'abi3' && distance > 0) return 2 + distance
  if (kind !== 'py') return Number.POSITIVE_INFINITY
  return version === '3' ? 101 : distance === 0 ? 100 : distance > 0 ? 101 + distance : Number.POSITIVE_INFINITY
}

const anyPlatform = 10_000

/** By the version in the tag, newest first; a tag without one is older than all that have one. */
function platformRank(tag: string): number {
  if (tag === 'any') return anyPlatform
  const legacy = { manylinux1: 5, manylinux2010: 12, manylinux2014: 17 }[tag.split('_', 1)[0] ?? '']
  if (legacy !== undefined) return 1000 - legacy
  const [, major = '0', minor = '0'] = /^(?:manylinux|macosx)_(\d+)_(\d+)_/.exec(tag) ?? []
  const universal = tag.includes('universal') ? 0.5 : 0
  return 1000 - (tag.startsWith('macosx') ? Number(major) * 20 : 0) - Number(minor) + universal
}

function byRank(a: Rank, b: Rank): number {
  const at = a.findIndex((part, index) => part !== b[index])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
