import type { Host } from '../host.ts'

/** Lets the same happen to several things with one warning for all: the first one that is given to the host, and how many more. */
export async function oneWarning<T>(host: Host, work: (quiet: Host) => Promise<T>): Promise<T> {
  const warnings: string[] = []
  try {
    return await work({ ...host, out: { ...host.out, warning: (line) => void warnings.push(line) } })
  } finally {
    const [first, ...others] = warnings
    if (first !== undefined) host.out.warning(others.length > 0 ? `${first} (and ${others.length} more)` : first)
    for (const line of others) host.out.debug(line)
  }
}
