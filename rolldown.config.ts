import { defineConfig } from 'rolldown'
import { licenses } from './scripts/licenses.ts'

/** Three doors share chunks; names without hashes keep dist/ readable and the same from build to build. */
export default defineConfig({
  input: { index: 'src/index.ts', post: 'src/post.ts', cli: 'src/cli.ts' },
  platform: 'node',
  plugins: [licenses()],
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js', cleanDir: true },
})
