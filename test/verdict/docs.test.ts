import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { none, type ScenarioPromise, share } from '../../src/scenario/promise.ts'
import { responsesToKeep, violationsTolerated } from '../../src/verdict/interval.ts'
import { isCounted, statusOf } from '../../src/verdict/promises/counted.ts'
import { judgeNone } from '../../src/verdict/promises/none.ts'
import { words } from '../../src/verdict/verdict.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/promises.md'), 'utf8')

test('the table of docs/promises.md is what the intervals say', () => {
  const sizes = [200, 500, 1_000, 5_000]
  const tolerated = (n: number, bound: number) => {
    const violations = violationsTolerated(n, bound)
    return violations < 0 ? 'too few' : String(violations)
  }
  const rows = [0.01, 0.02, 0.05, 0.1, 0.25].map((bound) => [
    `${bound * 100} %`,
    String(responsesToKeep(bound)),
    ...sizes.map((n) => tolerated(n, bound)),
  ])
  const heads = [
    'violations allowed',
    'responses with none',
    ...sizes.map((n) => `tolerated in ${n.toLocaleString('en')}`),
  ]
  const table = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const [, shown] = /<!-- table: test\/verdict\/docs\.test\.ts -->\n(.*?)\n?<!-- end -->/s.exec(page) ?? []
  expect(shown).toBe(table)
})

test('so is what it says in words', () => {
  const status = (promise: ScenarioPromise, responses: number, violations: number) =>
    isCounted(promise) ? statusOf(promise, { responses, violations }, 0.95) : null
  expect(status(share('broken').atMost(0.01), 300, 0)).toBe('undecided')
  const census = none('broken')
  const { reason } = judgeNone(
    census as Extract<ScenarioPromise, { kind: 'none' }>,
    { responses: 500, violations: 0 },
    0.95,
  )
  expect(reason).toMatch(/none of 500 .* at most 0\.74 %/)
  expect(page).toContain('none of 500 means at most 0.74 %')
})

test('the words stand in their order', () => {
  const shown = [...page.matchAll(/^\| `([a-z ]+)` \| /gm)].map((row) => row[1])
  expect(shown.filter((word) => words.some((each) => each === word))).toEqual([...words])
})
