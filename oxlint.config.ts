import { defineConfig, type OxlintOverride } from 'oxlint'

/** The house, top to bottom: a folder of src/ imports only folders above it (docs/architecture.md draws it). */
export const floors = [
  'core',
  'contract',
  'pact',
  'diff',
  'mock',
  'msw',
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
  'verify',
  'report',
  'gate',
  'engines',
  'doctor',
  'vitest',
  'cli',
]

/** Programs of their own: they could be published alone, and know nothing of the rest but core. */
const programs = ['toxiproxy', 'redis', 'tap']

/** One door for each outside thing: only the places in `open` may import it. */
const doors = [
  {
    thing: 'child_process',
    message: 'only src/core/child.ts starts processes, and start-program.ts, tool.ts and ask-tool.ts beside it',
    open: ['core/child.ts', 'core/start-program.ts', 'core/tool.ts', 'core/ask-tool.ts'],
  },
  {
    thing: 'undici',
    message: 'only src/core/http.ts and the load drivers send requests',
    open: ['core/http.ts', 'load/driver'],
  },
  { thing: 'pure-rand', message: 'only src/core/random.ts draws', open: ['core/random.ts'] },
]

/** Places whose rules differ from those of the floor they are on; they come after it, since the last match counts. */
const corners = [...new Set(doors.flatMap((door) => door.open))]

/** What a relative import looks like that leads to one of these folders of src/, from wherever in it. */
const leadsTo = (folders: readonly string[], inside = '(/|$)') =>
  `^(\\.{1,2}/)*\\.\\./(src/)?(${folders.join('|')})${inside}`

function beyond(floor: string) {
  if (programs.includes(floor))
    return {
      folders: floors.filter((other) => other !== floor && other !== 'core'),
      message: `${floor} is a program of its own and imports only core (docs/architecture.md)`,
    }
  return {
    folders: floors.slice(floors.indexOf(floor) + 1),
    message: 'a folder imports only folders above it (docs/architecture.md)',
  }
}

/** What may not be imported at a place of src/: a floor, or a corner of one (a folder or a file). */
function placeRules(place: string): OxlintOverride {
  const floor = place.split('/')[0] as string
  const { folders, message } = beyond(floor)
  const patterns = [
    ...doors
      .filter((door) => !door.open.includes(place))
      .map((door) => ({ regex: `^(node:)?${door.thing}(/|$)`, message: door.message })),
    { regex: '^brownout$|/index\\.ts$', message: 'the authoring API is for what users write' },
  ]
  if (folders.length) patterns.push({ regex: leadsTo(folders), message })
  if (floor !== 'engines') {
    const others = floors.filter((other) => other !== floor)
    patterns.push({ regex: leadsTo(others, '/driver/'), message: "only src/engines/ names another folder's drivers" })
  }
  return {
    files: [place.endsWith('.ts') ? `src/${place}` : `src/${place}/**`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  }
}

const userFiles: OxlintOverride = {
  files: ['contracts/**', 'scenarios/**', 'brownout.config.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ regex: '(^|/)src/', message: "what users write imports 'brownout', as theirs will" }] },
    ],
  },
}

const shop: OxlintOverride = {
  files: ['services/**'],
  rules: {
    'no-console': 'off',
    'no-restricted-properties': 'off',
    'no-restricted-imports': [
      'error',
      {
        patterns: [{ regex: '^brownout(/|$)|(^|/)\\.\\./src/', message: 'a service under test knows no Brownout' }],
      },
    ],
  },
}

export default defineConfig({
  plugins: ['import', 'typescript', 'unicorn', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', '.brownout', 'test/fixtures/**/broken-syntax.*'],
  rules: {
    'import/no-cycle': 'error',
    'no-console': 'error',
    'no-restricted-properties': [
      'error',
      {
        object: 'Math',
        property: 'random',
        message: 'chance comes from src/core/random.ts, so that a seed replays it',
      },
    ],
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'fc.assert'] }],
    // `import('…').X` as a type would slip past no-restricted-imports; this rule knows it.
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'promise/always-return': ['error', { ignoreLastCallback: true }],
    // Waiting in turn is often the point, a helper may stand beside its one user, and the rest is taste.
    'no-await-in-loop': 'off',
    'no-underscore-dangle': 'off',
    'import/no-named-as-default-member': 'off',
    'import/no-unassigned-import': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-sort': 'off',
    'vitest/require-mock-type-parameters': 'off',
  },
  overrides: [
    ...floors.map(placeRules),
    ...corners.map(placeRules),
    userFiles,
    shop,
    { files: ['src/cli/**', 'bench/**', 'k6/**'], rules: { 'no-console': 'off' } },
  ],
})
