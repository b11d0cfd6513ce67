/** A chosen package while its categories are found out; they are added in place. */
export interface Planned {
  readonly dependencies: readonly string[]
  readonly categories: Set<string>
}

/** A name that was asked for and the category it belongs to. */
export interface Requested {
  readonly name: string
  readonly category: string
}

/**
 * Gives each package the categories of the specs that need it, directly or through others (conda_lock/lockfile/__init__.py,
 * apply_categories). `planned` has the packages of a name: several where a Python name stands for several conda packages.
 */
export function spreadCategories(
  planned: ReadonlyMap<string, readonly Planned[]>,
  requested: readonly Requested[],
): void {
  for (const category of new Set(requested.map((request) => request.category))) {
    const roots = requested.filter((request) => request.category === category).map((request) => request.name)
    for (const target of reached(planned, roots)) target.categories.add(category)
  }
}

/** A package in main is always installed: its other categories say nothing. Sorted; empty where no spec needs it. */
export function categoriesOf({ categories }: Planned): readonly string[] {
  return categories.has('main') ? ['main'] : [...categories].sort()
}

function reached(planned: ReadonlyMap<string, readonly Planned[]>, roots: readonly string[]): Set<Planned> {
  const found = new Set<Planned>()
  const open = [...roots]
  for (let name = open.pop(); name !== undefined; name = open.pop())
    for (const target of targetsOf(planned, name)) {
      if (found.has(target)) continue
      found.add(target)
      open.push(...target.dependencies)
    }
  return found
}

/** Python names are written with `-` and `_` for the same package. */
function targetsOf(planned: ReadonlyMap<string, readonly Planned[]>, name: string): readonly Planned[] {
  return planned.get(name) ?? planned.get(name.replaceAll('-', '_')) ?? planned.get(name.replaceAll('_', '-')) ?? []
}
