import { commandText } from '../stack/spec-tests.ts'
import type { Command } from '../stack/types.ts'
import type { Written } from './results.ts'
import type { Manifest, Package } from './types.ts'

/** Packages that are read of one manager. */
const mostPackages = 20_000

/** What an image's own tools said of it (`manifestScripts`), as data. All text stays untrusted. */
export function readManifest(written: Written, commands: readonly Command[]): Manifest {
  const readers: Record<string, (text: string) => Package[]> = {
    conda: (text) => linesOf(text).flatMap(condaPackage),
    pip: pythonPackages,
    apt: tabbed,
    apk: (text) => linesOf(text).flatMap(apkPackage),
    rpm: tabbed,
  }
  const packages = Object.entries(readers).flatMap(([name, read]): [string, Package[]][] => {
    const found = sorted(read(written.get(name) ?? ''))
    return found.length > 0 ? [[name, found]] : []
  })
  const conda = packages.find(([name]) => name === 'conda')?.[1] ?? []
  return {
    system: /^PRETTY_NAME="?(.*?)"?$/m.exec(written.get('system') ?? '')?.[1] ?? null,
    python: /^Python (\S+)/m.exec(written.get('python') ?? '')?.[1] ?? null,
    cuda: cudaOf(written, conda),
    packages: Object.fromEntries(packages),
    commands: commands.map((command, at) => ({
      command: commandText(command),
      status: statusOf(written.get(`command-${at + 1}.status`)),
      output: written.get(`command-${at + 1}`) ?? '',
    })),
  }
}

/** `cuda-version` says for which CUDA a conda environment was made, where no toolkit is there. */
function cudaOf(written: Written, conda: readonly Package[]): string | null {
  const toolkit = /\brelease (\d[\w.]*)/.exec(written.get('nvcc') ?? '')?.[1]
  const variable = written.get('cuda')?.trim()
  return toolkit ?? (variable || (conda.find(({ name }) => name === 'cuda-version')?.version ?? null))
}

/** `numpy-2.1.0-py312h1_0.json` */
function condaPackage(file: string): Package[] {
  const [, name, version, build] = /^(.+)-([^-]+)-([^-]+)\.json$/.exec(file) ?? []
  return name && version && build ? [{ name, version, build }] : []
}

/** `musl-1.2.5-r0` */
function apkPackage(line: string): Package[] {
  const [, name, version] = /^(.+)-([^-]+-r\d+)$/.exec(line) ?? []
  return name && version ? [{ name, version }] : []
}

function tabbed(text: string): Package[] {
  return linesOf(text).flatMap((line) => {
    const [name, version] = line.split('\t')
    return name && version ? [{ name, version }] : []
  })
}

function pythonPackages(text: string): Package[] {
  try {
    const list: unknown = JSON.parse(text)
    return (Array.isArray(list) ? list : []).slice(0, mostPackages).flatMap((pair: unknown) => {
      const [name, version] = Array.isArray(pair) ? pair : []
      return typeof name === 'string' && name && typeof version === 'string' ? [{ name, version }] : []
    })
  } catch {
    return []
  }
}

function sorted(packages: readonly Package[]): Package[] {
  const unique = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]))
  return [...unique.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function linesOf(text: string): string[] {
  return text.split('\n', mostPackages).filter(Boolean)
}

function statusOf(text: string | undefined): number | null {
  return /^\d{1,3}$/.test(text ?? '') ? Number(text) : null
}
