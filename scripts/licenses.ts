import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'rolldown'

/** Adds licenses.txt to the bundle: name, version and licence text of every package that went into it. */
export function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
      const folders = modules
        .filter((id) => id.includes('node_modules/'))
        .map((id) => packageFolder(path.relative('.', id)))
      const texts = [...new Set(folders)].sort().map(licence)
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) })
    },
  }
}

function licence(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : 'no licence text in the package'
  return `${name} ${version}\n${license ?? 'see below'}\n\n${text}\n`
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c`. */
function packageFolder(file: string): string {
  const at = file.lastIndexOf('node_modules/') + 'node_modules/'.length
  const parts = file.slice(at).split('/')
  return file.slice(0, at) + parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/')
}
