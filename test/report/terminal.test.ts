import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { decide } from '../../src/gate/decide.ts'
import { colored } from '../../src/report/paint.ts'
import { reportSchema } from '../../src/report/schema.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { broken, kept, report, scenario } from './sample-report.ts'

const decided = (change = {}) => {
  const made = report(change)
  return { ...made, decision: decide(made) }
}

test('a good run is a table and a word', () => {
  expect(renderTerminal(decided())).toBe(`Brownout 0.1.0 · photo shop · embedded engines · seed 7
redis: Redis stand-in of Brownout
note: no redis-server on this machine

   scenario          fault                        verdict              promises  responses
──────────────────────────────────────────────────────────────────────────────────────────
✔  comments-refused  down(storefront → comments)  degraded gracefully  1 kept    903

SHIP · exit 0 · took 1 min 18 s
  every promise was kept, with witnesses
`)
})

test('a broken promise comes with its evidence, its log and its replay', () => {
  const logs = { 'run-412': [{ instance: 'storefront#1', text: '{"requestId":"run-412","msg":"comments failed"}' }] }
  const text = renderTerminal(decided({ scenarios: [scenario({ word: 'broken', promises: [kept, broken], logs })] }))
  expect(text).toContain(`comments-refused: An article outlives refusing comments
  fault      down(storefront → comments)
  broken     during: share of broken at most 5 %
             97 of 500 responses (19.4 %) were broken; the 95 % interval 16.0–23.1 % lies above 5 %
  first      GET http://127.0.0.1:4100/articles/1 → 500 {"title":"Internal Server Error"} after 12 ms
  wanted     normal: status 500, not 200
  wanted     reduced: comments: unavailable: status 500, not 200
  log        of request run-412
             storefront#1: {"requestId":"run-412","msg":"comments failed"}
  replay     npx brownout gate --only comments-refused --seed 7

DON'T SHIP · exit 1 · took 1 min 18 s
  comments-refused: during: share of broken at most 5 %`)
})

test('a doubt is said once for all promises of a scenario; what was not played and what nobody declared are named', () => {
  const undecided = {
    ...broken,
    status: 'undecided' as const,
    reason: 'undecided because of a long story',
    evidence: null,
  }
  const text = renderTerminal(
    decided({
      scenarios: [
        scenario({
          word: 'inconclusive',
          doubts: ['the load was late'],
          promises: [undecided],
          gaps: [{ interaction: 'a → b / c', condition: 'x → y: slow' }],
        }),
      ],
      notPlayed: [{ name: 'redis-hangs', title: 'Redis hangs', file: 'x' }],
    }),
  )
  expect(text).toContain('doubt      the load was late')
  expect(text).not.toContain('a long story')
  expect(text).toMatch(/· {2}redis-hangs +not played/)
  expect(text).toContain(
    'Undeclared: nobody said what holds here, so the normal half was demanded.\n  a → b / c · x → y: slow',
  )
  expect(text).toContain("DON'T SHIP · exit 3")
})

test('colours take no width', () => {
  const painted = renderTerminal(decided(), colored)
  expect(painted).not.toBe(renderTerminal(decided()))
  expect(stripVTControlCharacters(painted)).toBe(renderTerminal(decided()))
})

test('the sample is a report by its schema', () => {
  expect(reportSchema.parse(decided())).toEqual(decided())
})
