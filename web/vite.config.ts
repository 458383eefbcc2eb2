// One Vite app, one entry per audience: a phone never downloads the console.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vitest/config'

// build.rs reads it, too.
const ENTRIES: string[] = JSON.parse(readFileSync(resolve(import.meta.dirname, 'pages.json'), 'utf8'))

/** Writes `.br` and `.gz` siblings next to what compresses, so that the server never compresses anything itself. */
function precompress(): Plugin {
  let outDir = ''
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (config) => {
      outDir = resolve(config.root, config.build.outDir)
    },
    closeBundle: () => {
      for (const path of files(outDir).filter((path) => /\.(js|css|html|svg|json)$/.test(path))) {
        const bytes = readFileSync(path)
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : [path]
  })
}

export default defineConfig({
  plugins: [svelte(), precompress()],
  build: {
    target: ['chrome100', 'safari15.4', 'firefox100'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(ENTRIES.map((name) => [name, resolve(import.meta.dirname, `${name}.html`)])),
    },
  },
  server: {
    // The catalogue takes its views from the browser tests.
    fs: { allow: ['..'] },
    proxy: {
      '/api': 'http://127.0.0.1:7300',
      '^/c/[^/]+/ws/': { target: 'http://127.0.0.1:7300', ws: true },
    },
  },
  // Simulated hours take their time where two cores do everything else, too.
  test: { include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], environment: 'node', testTimeout: 30_000 },
})
