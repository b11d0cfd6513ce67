import type { PackageRecord } from './records.ts'

/** A file in a package. `mode` is a number like 0o644. */
export interface PackageFile {
  readonly path: string
  readonly mode: number
  readonly text: string
}

/** Commands that a notebook image needs to have; they say who they are and do nothing. */
const commands: Readonly<Record<string, readonly string[]>> = {
  dask: ['dask'],
  jupyter_core: ['jupyter'],
  jupyter_server: ['jupyter-server'],
  jupyterhub: ['jupyterhub'],
  'jupyterhub-singleuser': ['jupyterhub-singleuser'],
  jupyterlab: ['jupyter-lab'],
  pip: ['pip'],
}

/** The files that a package installs, sorted by path: enough to see in an environment that it is there, and which one. */
export function packageFiles(record: PackageRecord): PackageFile[] {
  const files = record.name === 'python' ? pythonFiles(record) : [...moduleFiles(record), ...commandFiles(record)]
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Where a package's Python modules go: relative to site-packages in a noarch package; null for a package without any. */
function sitePackages(record: PackageRecord): string | null {
  if (record.noarch === 'python') return 'site-packages'
  const python = record.depends.map((spec) => /^python >=(\d+\.\d+)[^,]*,<\d+\.\d+\.0a0/.exec(spec)?.[1]).find(Boolean)
  return python ? `lib/python${python}/site-packages` : null
}

function moduleFiles({ name, version, ...rest }: PackageRecord): PackageFile[] {
  const folder = sitePackages({ name, version, ...rest })
  const title = `${name} ${version} ${rest.build}\n`
  if (!folder) return [{ path: `share/doc/${name}/README`, mode: 0o644, text: title }]
  const metadata = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`
  return [
    { path: `${folder}/${name}/__init__.py`, mode: 0o644, text: `__version__ = "${version}"\n` },
    { path: `${folder}/${name}-${version}.dist-info/METADATA`, mode: 0o644, text: metadata },
  ]
}

function commandFiles({ name, version, noarch }: PackageRecord): PackageFile[] {
  const folder = noarch === 'python' ? 'python-scripts' : 'bin'
  const text = (command: string) => `#!/bin/sh\necho "${command} ${version} (stand-in of the sandbox's channel): $*"\n`
  return (commands[name] ?? []).map((command) => ({ path: `${folder}/${command}`, mode: 0o755, text: text(command) }))
}

function pythonFiles({ version, build }: PackageRecord): PackageFile[] {
  const minor = version.split('.').slice(0, 2).join('.')
  const python = (path: string) => ({ path, mode: 0o755, text: pythonStandIn(version, minor) })
  return [
    python('bin/python'),
    python('bin/python3'),
    python(`bin/python${minor}`),
    { path: `lib/python${minor}/site-packages/README.txt`, mode: 0o644, text: `python ${version} ${build}\n` },
  ]
}

/** `--version` and `-c 'import a, b'` are all that it can: an import fails when no package of that name is installed. */
function pythonStandIn(version: string, minor: string): string {
  return `#!/bin/sh
# A stand-in of the sandbox's channel: it knows --version and -c 'import NAME, NAME; ...'.
case "$1" in
  -V|--version) echo "Python ${version}"; exit 0 ;;
  -c) ;;
  *) echo "python ${version}: the sandbox's stand-in cannot run this: $*" >&2; exit 2 ;;
esac
site=$(dirname "$0")/../lib/python${minor}/site-packages
for module in $(printf '%s\\n' "$2" | tr ';' '\\n' | sed -n 's/^ *import  *//p' | tr ',' ' '); do
  case "$module" in json|os|sys) continue ;; esac
  [ -d "$site/\${module%%.*}" ] && continue
  echo "ModuleNotFoundError: No module named '$module'" >&2
  exit 1
done
`
}
