import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes dist/licenses.txt: name, version and licence text of every package that went into dist/. */
const chunks = readdirSync('dist').filter((name) => name.endsWith('.js'))
const regions = chunks.flatMap((name) =>
  [...readFileSync(path.join('dist', name), 'utf8').matchAll(/^\/\/#region (node_modules\/\S+)/gm)].map(
    (match) => match[1] ?? '',
  ),
)
const folders = [...new Set(regions.map(packageFolder))].sort()
const texts = folders.map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  const text =
    file && existsSync(path.join(folder, file))
      ? readFileSync(path.join(folder, file), 'utf8').trim()
      : 'no licence text in the package'
  return `${name} ${version}\n${license ?? 'see below'}\n\n${text}\n`
})
writeFileSync('dist/licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`))

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c`. */
function packageFolder(file: string): string {
  const at = file.lastIndexOf('node_modules/') + 'node_modules/'.length
  const parts = file.slice(at).split('/')
  return file.slice(0, at) + parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/')
}
