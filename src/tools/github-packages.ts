import { ActionError } from '../errors.ts'
import type { CanonicalReference } from '../stack/canonical.ts'
import { type Asker, isRefusal, neededClient, type Octokit, patiently, statusOf } from './github-client.ts'

/** A manifest of a container package: GitHub removes it with all its tags, never a tag alone. */
export interface PackageVersion {
  readonly id: number
  readonly digest: string
  /** Null where GitHub does not tell them. */
  readonly tags: readonly string[] | null
}

/** The versions of a package on ghcr.io. https://docs.github.com/rest/packages/packages */
export interface PackageVersions {
  readonly versions: readonly PackageVersion[]
  /** Throws ActionError('registry') where the token may not. One that is gone already is no error. */
  remove(id: number): Promise<void>
}

/** Reads all versions of `ghcr.io/OWNER/NAME`, of an organisation's or a person's. Throws ActionError('registry'). */
export async function readPackageVersions(asker: Asker, { repository }: CanonicalReference): Promise<PackageVersions> {
  const { packages } = (await neededClient(asker)).rest
  const [owner = '', ...rest] = repository.split('/')
  const name = { package_type: 'container', package_name: rest.join('/') } as const
  const told = async <T>(work: () => Promise<T>) =>
    await patiently(asker.host, work).catch((cause) => {
      throw refused(cause, repository)
    })
  const found = await told(async () => {
    try {
      return {
        org: true,
        versions: await allPages((page) =>
          packages.getAllPackageVersionsForPackageOwnedByOrg({ ...name, ...page, org: owner }),
        ),
      }
    } catch (error) {
      if (statusOf(error) !== 404) throw error
      return {
        org: false,
        versions: await allPages((page) =>
          packages.getAllPackageVersionsForPackageOwnedByUser({ ...name, ...page, username: owner }),
        ),
      }
    }
  })
  return {
    versions: found.versions,
    async remove(id) {
      const version = { ...name, package_version_id: id }
      await told(async () => {
        const work = found.org
          ? packages.deletePackageVersionForOrg({ ...version, org: owner })
          : packages.deletePackageVersionForUser({ ...version, username: owner })
        await work.catch((error) => {
          if (statusOf(error) !== 404) throw error
        })
      })
    },
  }
}

type Version = Awaited<
  ReturnType<Octokit['rest']['packages']['getAllPackageVersionsForPackageOwnedByOrg']>
>['data'][number]

const perPage = 100

async function allPages(
  read: (page: { page: number; per_page: number }) => Promise<{ data: Version[] }>,
): Promise<PackageVersion[]> {
  const found = new Map<number, PackageVersion>()
  for (let page = 1; ; page++) {
    const { data } = await read({ page, per_page: perPage })
    const before = found.size
    for (const { id, name, metadata } of data)
      found.set(id, { id, digest: name, tags: metadata?.container?.tags ?? null })
    // A list that knows no pages is the same each time.
    if (data.length < perPage || found.size === before) return [...found.values()]
  }
}

function refused(cause: unknown, repository: string): unknown {
  if (!isRefusal(cause)) return cause
  return new ActionError(
    'registry',
    `GitHub refuses to list or remove versions of the package ${repository}: ${statusOf(cause)}`,
    [
      'give the job `permissions: {packages: write}`, and the repository the role Admin in the package’s settings,',
      'or a classic token with `read:packages` and `delete:packages` in github-token',
    ],
    { cause },
  )
}
