import { defineConfig } from 'rolldown'
import { licenses } from './scripts/licenses.ts'

/**
 * Three doors share chunks, and what runs in a process of its own is a file of its own; names without hashes keep dist/
 * readable and the same from build to build.
 */
export default defineConfig({
  input: {
    index: 'src/index.ts',
    post: 'src/post.ts',
    cli: 'src/cli.ts',
    'rattler-worker': 'src/tools/solve/rattler-worker.ts',
    'cache-worker': 'src/tools/cache-worker.ts',
    untar: 'src/tools/untar.ts',
  },
  platform: 'node',
  plugins: [licenses()],
  // These modules do nothing when they are loaded: without saying so, 700 kB of HTTP client load at every start.
  treeshake: {
    moduleSideEffects: [
      { test: /node_modules.@actions.(core|http-client|exec)./, sideEffects: false },
      { test: /node_modules.(undici|tunnel)./, sideEffects: false },
    ],
  },
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js', cleanDir: true },
})
