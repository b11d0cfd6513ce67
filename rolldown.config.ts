import { defineConfig } from 'rolldown'

/** Three doors share chunks; names without hashes keep dist/ readable and the same from build to build. */
export default defineConfig({
  input: { index: 'src/index.ts', post: 'src/post.ts', cli: 'src/cli.ts' },
  platform: 'node',
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js', cleanDir: true },
})
