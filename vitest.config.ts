import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { ClosingReporter } from './test/closing-reporter.ts'

/** Contracts and tests import `brownout` from the sources, by Vite and by Node alike: a clone has no build. */
const source = '@brownout/source'

/** Tests that start whole systems and measure them, small ones and the shop: they run last, so that little slows them. */
const small = ['test/{cli,gate,package}/**/*.test.ts']
const shop = ['test/defects/**/*.test.ts']
const agreement = ['test/agreement/engines.test.ts']

export default defineConfig({
  resolve: { conditions: [source] },
  ssr: { resolve: { conditions: [source], externalConditions: [source] } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    execArgv: [`--conditions=${source}`],
    // Thousands of processes are started: what Node compiled for one of them the others need not compile again.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
    reporters: ['default', new ClosingReporter()],
    projects: [
      {
        extends: true,
        test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: [...small, ...shop, ...agreement] },
      },
      // A whole system on a busy machine may end inconclusive, which is right and no finding: such a test is asked once or twice more.
      {
        extends: true,
        test: { name: 'small', include: small, retry: 2, maxWorkers: 3, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'shop', include: shop, maxWorkers: 1, maxConcurrency: 2, retry: 1, sequence: { groupOrder: 2 } },
      },
      // The gate of this repository, on all engines. Not asked again when it fails: it says itself what may be asked once more.
      {
        extends: true,
        test: { name: 'agreement', include: agreement, maxWorkers: 1, maxConcurrency: 2, sequence: { groupOrder: 3 } },
      },
    ],
  },
})
