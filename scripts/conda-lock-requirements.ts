import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'smol-toml'
import { condaLockVersion } from '../src/tools/conda-lock/version.ts'

/**
 * Writes src/tools/conda-lock/requirements.ts anew: conda-lock and all that it needs, pinned, with the hashes of the wheels for the
 * machines and Pythons that the engine runs on. Wants uv on PATH: `node scripts/conda-lock-requirements.ts`.
 */
interface Package {
  readonly name: string
  readonly version: string
  readonly marker?: string
  readonly wheels?: readonly { readonly url: string; readonly hashes: { readonly sha256: string } }[]
}

const folder = mkdtempSync(path.join(tmpdir(), 'conda-lock-'))
const options = ['--universal', '--only-binary', ':all:', '--python-version', '3.10', '--format', 'pylock.toml']
const ended = spawnSync('uv', ['pip', 'compile', '--no-config', '--quiet', ...options, '-o', 'pylock.toml', '-'], {
  cwd: folder,
  input: `conda-lock==${condaLockVersion}\n`,
  stdio: ['pipe', 'ignore', 'inherit'],
})
if (ended.status !== 0) throw ended.error ?? new Error(`uv ended with ${ended.status}`)
const { packages } = parse(readFileSync(path.join(folder, 'pylock.toml'), 'utf8')) as unknown as { packages: Package[] }
rmSync(folder, { recursive: true })

const text = packages
  .filter(({ marker }) => !/(sys_platform == 'win32'|os_name == 'nt')$/.test(marker ?? ''))
  .map(({ name, version, marker, wheels = [] }) => {
    const hashes = wheels.filter(({ url }) => isWanted(url)).map(({ hashes }) => `    --hash=sha256:${hashes.sha256}`)
    return [`${name}==${version}${marker ? ` ; ${marker}` : ''}`, ...hashes.sort()].join(' \\\n')
  })
  .join('\n')
const comment = `/**
 * conda-lock ${condaLockVersion} and all that it needs, a requirements file for \`uv pip install --require-hashes\`. Written by
 * scripts/conda-lock-requirements.ts from PyPI.
 */
`
writeFileSync(
  'src/tools/conda-lock/requirements.ts',
  `${comment}export const requirements: string = String.raw\`\n${text}\n\`\n`,
)

/** For CPython 3.10 to 3.14 on Linux and macOS, x86_64 and arm64. */
function isWanted(url: string): boolean {
  const [python = '', abi = '', platform = ''] = path.basename(url, '.whl').split('-').slice(-3)
  const fits = platform === 'any' || /(manylinux|macosx)\w*_(x86_64|aarch64|arm64|universal2)$/.test(platform)
  if (python.startsWith('py')) return fits
  return fits && (abi === 'abi3' || abi === python) && /^cp3(\d|1[0-4])(\.|$)/.test(python)
}
