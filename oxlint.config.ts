import { defineConfig } from 'oxlint'

/** The house, top to bottom: a folder of src/ imports only folders above it. */
const floors = [
  'core',
  'contract',
  'system',
  'toxiproxy',
  'redis',
  'tap',
  'fault',
  'load',
  'scenario',
  'record',
  'verdict',
  'run',
  'report',
  'gate',
  'engines',
  'cli',
]

/** Programs of their own: they could be published alone, and know nothing of the rest but core. */
const programs = ['toxiproxy', 'redis', 'tap']

/** One door for each outside thing; only these folders may import it. */
const doors = [
  { thing: 'node:child_process', message: 'src/core/child.ts starts processes', open: ['src/core/**'] },
  {
    thing: 'undici',
    message: 'src/core/http.ts and the load driver send requests',
    open: ['src/core/**', 'src/load/driver/**'],
  },
  { thing: 'toxiproxy-node-client', message: 'src/fault/driver/ speaks to Toxiproxy', open: ['src/fault/driver/**'] },
  { thing: 'pure-rand', message: 'src/core/random.ts draws', open: ['src/core/**'] },
]

const closedDoors = (folder: string) =>
  doors
    .filter((door) => !door.open.some((glob) => glob.startsWith(`src/${folder}/`)))
    .map(({ thing, message }) => ({ name: thing, message }))

const floorRules = floors.map((floor, index) => {
  const below = floors.slice(index + 1)
  const forbidden = programs.includes(floor) ? floors.filter((other) => other !== floor && other !== 'core') : below
  return {
    files: [`src/${floor}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: closedDoors(floor),
          patterns: forbidden.length
            ? [
                {
                  regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
                  message: 'a folder imports only folders above it (docs/architecture.md)',
                },
              ]
            : [],
        },
      ],
    },
  }
})

export default defineConfig({
  plugins: ['import', 'typescript', 'unicorn', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', '.brownout'],
  rules: {
    'import/no-cycle': 'error',
    'no-console': 'error',
    'no-await-in-loop': 'off',
    'no-underscore-dangle': 'off',
    'import/no-unassigned-import': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
  },
  overrides: [...floorRules, { files: ['bench/**', 'services/**'], rules: { 'no-console': 'off' } }],
})
