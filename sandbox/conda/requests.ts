import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { parseMatchSpec } from '../../src/lock/match-spec.ts'
import type { CondaRecord, CondaSpec, Keep, LockedPackage, SolveRequest, VirtualPackage } from '../../src/lock/types.ts'

const images = path.join(import.meta.dirname, '../../images')

/** What conda-lock takes a machine of an image to have, on linux-64; a GPU is there too. */
export const linuxMachine: readonly VirtualPackage[] = [
  { name: '__archspec', version: '1', build: 'x86_64' },
  { name: '__cuda', version: '12.9', build: '0' },
  { name: '__glibc', version: '2.28', build: '0' },
  { name: '__linux', version: '5.10', build: '0' },
  { name: '__unix', version: '0', build: '0' },
]

/** A spec of an environment, from conda's text; `line` is where it stands in environment.yml. */
export function createSpec(text: string, line = 1, file = 'environment.yml'): CondaSpec {
  const { name, version, build, channel } = parseMatchSpec(text)!
  const spec = { manager: 'conda' as const, name, version: version.replace(/^==/, ''), build, condaChannel: channel }
  return { ...spec, subdirectory: null, category: 'main', origin: { file, line } }
}

/** A request for conda-forge on linux-64. */
export function createRequest(specs: readonly string[], overrides: Partial<SolveRequest> = {}): SolveRequest {
  return {
    platform: 'linux-64',
    channels: [{ url: 'conda-forge', usedEnvVars: [] }],
    specs: specs.map((text, at) => createSpec(text, at + 1)),
    virtualPackages: linuxMachine,
    keep: { packages: [], update: [] },
    excludeNewer: null,
    ...overrides,
  }
}

/** What pytorch-notebook, which images/ does not have, asks for beyond its parents. */
const pytorch = [
  'cuda-version>=12.9',
  'jupyterlab-nvdashboard',
  'gpytorch',
  'pytorch>=2.7.0=cuda12*',
  'torchvision>=0.22.0=cuda12*',
  'torchgeo',
]

/** The images of pangeo's that have an environment, and where it comes from: of one name the last folder's spec counts. */
export const environments: Readonly<Record<string, readonly string[]>> = {
  'base-notebook': ['base-notebook'],
  'pangeo-notebook': ['base-notebook', 'pangeo-notebook'],
  'ml-notebook': ['base-notebook', 'pangeo-notebook', 'ml-notebook'],
  'pytorch-notebook': ['base-notebook', 'pangeo-notebook', 'pytorch-notebook'],
}

/** What an image's environment asks for, with where it stands: `images/base-notebook/environment.yml:1`. */
export async function readSpecs(image: string): Promise<CondaSpec[]> {
  const byName = new Map<string, CondaSpec>()
  for (const folder of environments[image] ?? []) {
    for (const [at, text] of (await dependenciesOf(folder)).entries()) {
      const spec = createSpec(text, at + 1, `images/${folder}/environment.yml`)
      byName.set(spec.name, spec)
    }
  }
  return [...byName.values()]
}

async function dependenciesOf(folder: string): Promise<readonly string[]> {
  if (folder === 'pytorch-notebook') return pytorch
  const text = await readFile(path.join(images, folder, 'environment.yml'), 'utf8')
  return (parse(text) as { dependencies: string[] }).dependencies
}

/** An answer as the old lock of the next request. */
export function keepOf(records: readonly CondaRecord[], update: readonly string[] = [], platform = 'linux-64'): Keep {
  const packages: LockedPackage[] = records.map(({ name, version, url }) => ({
    name,
    version,
    manager: 'conda',
    platform,
    dependencies: {},
    url,
    hash: {},
    category: 'main',
    optional: false,
  }))
  return { packages, update }
}
