import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Place } from '../../src/contract/place.ts'
import type { Problem } from '../../src/core/errors.ts'
import { none, type ScenarioPromise, share } from '../../src/scenario/promise.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { confidenceOf, sureness } from '../../src/verdict/confidence.ts'
import { responsesToKeep, violationsTolerated } from '../../src/verdict/interval.ts'
import { isCounted, statusOf } from '../../src/verdict/promises/counted.ts'
import { judgeNone } from '../../src/verdict/promises/none.ts'
import { words } from '../../src/verdict/verdict.ts'
import example from '../examples/promises.scenario.ts'

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

test('so is what it says of several looks', () => {
  expect(sureness(confidenceOf(3))).toBe('98.3 %')
  expect(page).toContain('at three looks each interval is one of 98.3 %, at one look of 95 %')
  expect([responsesToKeep(0.05, 0, confidenceOf(3)), responsesToKeep(0.05)]).toEqual([94, 72])
  expect(page).toMatch(/takes 94 responses without a violation, instead of 72/)
})

test('its example is a scenario in which every promise says something', () => {
  const written = readFileSync(join(import.meta.dirname, '../examples/promises.scenario.ts'), 'utf8')
  const [, shown = ''] = /```ts\n(promises: .*?)\n```/s.exec(page) ?? []
  expect(written).toContain(shown.replaceAll(/^/gm, '  '))
  const problems: Problem[] = []
  const { promises } = readScenario(new Place('promises.scenario.ts', problems), example)
  expect(problems).toEqual([])
  const kinds = new Set(promises.map(({ promise }) => promise.kind))
  for (const kind of kinds) expect(page).toContain(`| \`${kind}(`)
  expect(kinds.size).toBe(8)
})

test('the words stand in their order', () => {
  const shown = [...page.matchAll(/^\| `([a-z ]+)` \| /gm)].map((row) => row[1])
  expect(shown.filter((word) => words.some((each) => each === word))).toEqual([...words])
})
