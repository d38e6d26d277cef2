import { defineConfig } from 'vitest/config'
import { ClosingReporter } from './test/closing-reporter.ts'

/** Contracts and tests import `brownout` from the sources, by Vite and by Node alike: a clone has no build. */
const source = '@brownout/source'

export default defineConfig({
  resolve: { conditions: [source] },
  ssr: { resolve: { conditions: [source], externalConditions: [source] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    execArgv: [`--conditions=${source}`],
    reporters: ['default', new ClosingReporter()],
  },
})
