import type { SolverAnswer, SolverTask } from './rattler.ts'

/**
 * The solver's own process: half a gigabyte of WebAssembly memory that goes when it does, and globals of its own. (A thread
 * would do, but V8 24 can end the whole process when a thread that compiles WebAssembly ends.) The solver fetches for itself;
 * here `fetch` answers from what the task brought, and nothing leaves the process.
 */

type Rattler = typeof import('@conda-org/rattler')

let rattler: Promise<Rattler> | null = null
let served: SolverTask['served'] = new Map()

globalThis.fetch = async (input) => {
  const url = input instanceof Request ? input.url : String(input)
  const bytes = served.get(url)
  const response = bytes ? new Response(bytes as Uint8Array<ArrayBuffer>) : new Response(null, { status: 404 })
  // The solver reads where an answer came from, which a response that was made by hand does not say.
  return Object.defineProperty(response, 'url', { value: url })
}

process.on('message', async (task: SolverTask | 'load') => {
  rattler ??= import('@conda-org/rattler')
  if (task !== 'load') process.send?.(await answer(task, rattler))
})

async function answer(task: SolverTask, loading: Promise<Rattler>): Promise<SolverAnswer> {
  try {
    const { simpleSolve } = await loading
    served = task.served
    const locked = task.virtualPackages.map((virtual) => virtualRecord(virtual, task.platform))
    const packages = await simpleSolve(
      [...task.specs],
      [...task.channels],
      [task.platform as 'linux-64', 'noarch'],
      locked,
    )
    return { packages: packages.map(({ url, filename, subdir }) => ({ url, filename, subdir: subdir ?? '' })) }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  } finally {
    served = new Map()
  }
}

/** What the machine has goes in as a package that is there already. */
function virtualRecord({ name, version, build }: SolverTask['virtualPackages'][number], platform: string): unknown {
  const filename = `${name}-${version}-${build}.conda`
  return {
    packageName: name,
    version,
    build,
    buildNumber: 0n,
    url: `https://virtual.invalid/${filename}`,
    filename,
    subdir: platform,
    depends: [],
  }
}
