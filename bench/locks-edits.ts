import { entriesOf, type Repodata } from '../sandbox/conda/records.ts'
import type { ChannelData } from '../sandbox/conda/repodata.ts'
import { createSpec } from '../sandbox/conda/requests.ts'
import type { CondaSpec } from '../src/lock/types.ts'
import { compareVersions, parseVersion } from '../src/lock/version.ts'

/** An edit of one line of an environment file: `add`, `drop` a name, or `set` another version. */
export interface Edit {
  readonly image: string
  readonly kind: 'add' | 'drop' | 'set'
  readonly text: string
}

/** Twenty of the kinds that pangeo's environments have seen: additions, removals, bounds from below and from above. */
export const edits: readonly Edit[] = [
  { image: 'pangeo-notebook', kind: 'add', text: 'polars' },
  { image: 'pangeo-notebook', kind: 'add', text: 'fiona' },
  { image: 'base-notebook', kind: 'add', text: 'xarray' },
  { image: 'base-notebook', kind: 'add', text: 'matplotlib-base' },
  { image: 'base-notebook', kind: 'add', text: 'zarr' },
  { image: 'pangeo-notebook', kind: 'drop', text: 'satpy' },
  { image: 'pangeo-notebook', kind: 'drop', text: 'google-cloud-sdk' },
  { image: 'pangeo-notebook', kind: 'drop', text: 'dask-geopandas' },
  { image: 'pangeo-notebook', kind: 'set', text: 'xarray>=2025.12' },
  { image: 'pangeo-notebook', kind: 'set', text: 'fsspec>=2026' },
  { image: 'pangeo-notebook', kind: 'set', text: 's3fs>=2026' },
  { image: 'pangeo-notebook', kind: 'set', text: 'cartopy<0.25' },
  { image: 'pangeo-notebook', kind: 'set', text: 'panel<1.8' },
  { image: 'pangeo-notebook', kind: 'set', text: 'numpy<2.3' },
  { image: 'pangeo-notebook', kind: 'set', text: 'pandas<2.3' },
  { image: 'pangeo-notebook', kind: 'set', text: 'xarray<2025.7' },
  { image: 'pangeo-notebook', kind: 'set', text: 'scipy<1.16' },
  { image: 'pangeo-notebook', kind: 'set', text: 'matplotlib-base<3.10' },
  { image: 'pangeo-notebook', kind: 'set', text: 'gdal<3.12' },
  { image: 'pangeo-notebook', kind: 'set', text: 'pyarrow<21' },
]

/** An environment after an edit. */
export function edited(specs: readonly CondaSpec[], { kind, text }: Edit): CondaSpec[] {
  const spec = createSpec(text)
  const others = specs.filter((one) => one.name !== spec.name)
  return kind === 'drop' ? others : [...others, spec]
}

/** What the newest pangeo-notebook wants in one version: without it there would be no old lock. */
const pinned = /^(pangeo-|dask|distributed$|jupyter|ipy|nb|python|widgets)/

/**
 * The channel as it was some weeks ago: without the newest version of each name in noarch that has six. (Compiled packages want
 * each other in such narrow ranges that few of them can be left out of what is recorded.)
 */
export function aged(data: ChannelData): ChannelData {
  const versions = new Map<string, Set<string>>()
  for (const [, { name, version }] of entriesOf(data.noarch)) {
    versions.set(name, (versions.get(name) ?? new Set()).add(version))
  }
  const old = [...versions].filter(([name, all]) => all.size >= 6 && !pinned.test(name))
  const newest = new Map(old.map(([name, all]) => [name, newestOf(all)]))
  const kept = (records: Repodata['packages']) =>
    Object.fromEntries(Object.entries(records).filter(([, { name, version }]) => newest.get(name) !== version))
  const noarch = { packages: kept(data.noarch.packages), 'packages.conda': kept(data.noarch['packages.conda']) }
  return { ...data, noarch: { ...data.noarch, ...noarch } }
}

function newestOf(versions: ReadonlySet<string>): string | undefined {
  const zero = parseVersion('0')!
  return [...versions].sort((a, b) => compareVersions(parseVersion(b) ?? zero, parseVersion(a) ?? zero))[0]
}
