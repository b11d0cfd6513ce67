import { hash } from 'node:crypto'
import { pythonJson } from './python-json.ts'
import type { Recipe } from './recipes.ts'
import { serializedName, serializedSpec } from './serialized-spec.ts'
import type { Channel, LockSpec, Spec, VirtualPackage } from './types.ts'
import { defaultVirtualPackages, isDefault, noBuild } from './virtual-packages.ts'

/**
 * The content hash of a platform as a version of conda-lock makes it, 64 hexadecimal digits: sha256 of a JSON of channels, specs
 * and virtual packages. A lock that holds it was made for what its sources ask for.
 */
export function contentHash(spec: LockSpec, platform: string, recipe: Recipe): string {
  const channels = recipe.first ? (spec.writtenChannels ?? spec.channels) : spec.channels
  const repositories = recipe.hash ? spec.pipRepositories : []
  const machine = {
    noarch: repodata('noarch', spec.virtualPackages.noarch ?? [], recipe),
    [platform]: repodata(platform, machineOf(spec, platform, recipe), recipe),
  }
  const parts = [
    `"channels": ${pythonJson(channels.map((channel) => channelJson(channel, recipe)))}`,
    ...(repositories.length > 0
      ? [`"pip_repositories": ${pythonJson(repositories.map((url) => JSON.stringify({ url })))}`]
      : []),
    `"specs": [${specsOf(spec, platform, recipe)}]`,
    `"virtual_package_hash": ${pythonJson(machine)}`,
  ]
  return hash('sha256', `{${parts.join(', ')}}`)
}

function channelJson({ url, usedEnvVars }: Channel, { spacedChannels }: Recipe): string {
  const channel = { url, used_env_vars: usedEnvVars }
  return spacedChannels
    ? `{"url": ${pythonJson(url)}, "used_env_vars": ${pythonJson(usedEnvVars)}}`
    : JSON.stringify(channel)
}

/** A spec with the platforms that it is for, null for all: only conda-lock 1 asks. */
type Placed = readonly [spec: Spec, platforms: readonly string[] | null]

/** JSON by recipe, of a list that platforms share and of a spec that locks share: each is written once. */
const lists = new WeakMap<readonly Spec[], Map<Recipe, string>>()
const singles = new WeakMap<Spec, Map<Recipe, string>>()

function specsOf(spec: LockSpec, platform: string, recipe: Recipe): string {
  const list = spec.specs[platform] ?? []
  const shared = spec.platforms.every((place) => spec.specs[place] === list)
  if (recipe.first && !shared) return specsJson(placedSpecs(spec, platform), recipe)
  return once(lists, list, recipe, () =>
    specsJson(
      list.map((one) => [one, null]),
      recipe,
    ),
  )
}

/**
 * conda-lock 1 has one list for all platforms: the last platform's version of a name is everybody's, and what stands in a
 * `pip:` list is for all, whatever its selector says.
 */
function placedSpecs(spec: LockSpec, platform: string): Placed[] {
  const all = new Map<string, { spec: Spec; platforms: string[] }>()
  for (const place of spec.platforms)
    for (const one of spec.specs[place] ?? []) {
      const key = `${one.manager} ${one.name}`
      all.set(key, { spec: one, platforms: [...(all.get(key)?.platforms ?? []), place] })
    }
  return [...all.values()].flatMap(({ spec: one, platforms }): Placed[] => {
    const everywhere = platforms.length === spec.platforms.length || isOfPip(one)
    return everywhere || platforms.includes(platform) ? [[one, everywhere ? null : platforms]] : []
  })
}

/** In a `pip:` list, or the pip that such a list brings along. */
function isOfPip(spec: Spec): boolean {
  return spec.manager === 'pip' || (spec.name === 'pip' && spec.version === '*')
}

/** Sorted by manager and name. */
function specsJson(specs: readonly Placed[], recipe: Recipe): string {
  const keyed = specs.map((placed) => ({ key: `${placed[0].manager} ${serializedName(placed[0], recipe)}`, placed }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map(({ placed: [one, platforms] }) => specJson(one, platforms, recipe)).join(', ')
}

function specJson(spec: Spec, platforms: readonly string[] | null, recipe: Recipe): string {
  const write = () => pythonJson(serializedSpec(spec, platforms, recipe))
  return platforms === null ? once(singles, spec, recipe, write) : write()
}

function once<K extends object>(
  known: WeakMap<K, Map<Recipe, string>>,
  of: K,
  recipe: Recipe,
  write: () => string,
): string {
  const byRecipe = known.get(of) ?? new Map<Recipe, string>()
  const text = byRecipe.get(recipe) ?? write()
  known.set(of, byRecipe.set(recipe, text))
  return text
}

/** The default set was another one once, and has held a second macOS on osx-64 from the beginning. */
function machineOf(spec: LockSpec, platform: string, { glibc }: Recipe): readonly VirtualPackage[] {
  const given = spec.virtualPackages[platform] ?? []
  if (!isDefault(platform, given)) return given
  const second = platform === 'osx-64' ? [{ name: '__osx', version: '10.15', build: noBuild }] : []
  return [...defaultVirtualPackages(platform, glibc), ...second]
}

/** The channel of virtual packages that conda-lock makes for a solve. */
function repodata(subdir: string, packages: readonly VirtualPackage[], { buildNumber }: Recipe) {
  const entries = packages.map((one) => {
    const build = one.build !== noBuild && buildNumber ? `${one.build}_0` : one.build
    return [`${one.name}-${one.version}-${build}.tar.bz2`, entryOf(one, build, subdir)]
  })
  return { info: { subdir }, packages: Object.fromEntries(entries) }
}

/** 2020-01-01 somewhere in America: conda-lock's constant. */
const timestamp = 1577854800000

function entryOf({ name, version, build: given }: VirtualPackage, build: string, subdir: string) {
  const fixed = { build_number: 0, depends: [], noarch: '', package_type: 'virtual_system', timestamp }
  return { ...fixed, name, version, build, build_string: given === noBuild ? '' : given, subdir }
}
