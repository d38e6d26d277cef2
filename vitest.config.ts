import { defineConfig } from 'vitest/config'
import { ClosingReporter } from './test/closing-reporter.ts'

/** Contracts and tests import `brownout` from the sources, by Vite and by Node alike: a clone has no build. */
const source = '@brownout/source'

/** Tests that start whole systems and measure them: they run last and one at a time, so that none slows another. */
const whole = ['test/{cli,defects,gate,package}/**/*.test.ts']

export default defineConfig({
  resolve: { conditions: [source] },
  ssr: { resolve: { conditions: [source], externalConditions: [source] } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    execArgv: [`--conditions=${source}`],
    reporters: ['default', new ClosingReporter()],
    projects: [
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: whole } },
      // A whole system on a busy machine may end inconclusive, which is right and no finding: such a test is asked once more.
      {
        extends: true,
        test: {
          name: 'whole',
          include: whole,
          maxWorkers: 1,
          maxConcurrency: 2,
          retry: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
