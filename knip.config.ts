import type { KnipConfig } from 'knip'

/** What is started by its path and not by an import: programs of their own, and what users write. */
export default {
  entry: [
    'src/cli/main.ts',
    'src/**/main.ts',
    'services/*/main.ts',
    'brownout.config.ts',
    'brownout.d.ts',
    'contracts/**/*.contract.ts',
    'scenarios/**/*.scenario.ts',
    'bench/*.ts',
    'test/**/fixtures/**/*.{js,ts}',
    'test/types/*.ts',
    'test/**/*-main.ts',
  ],
  project: ['{bin,src,services,contracts,scenarios,schema,bench,test}/**/*.{js,ts}', '*.ts'],
  // What scripts import that k6 plays is part of k6.
  ignoreDependencies: ['k6'],
  ignoreExportsUsedInFile: true,
} satisfies KnipConfig
