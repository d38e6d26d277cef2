import { compileJson } from '../src/pact/match/json/compile.ts'
import type { Matching } from '../src/pact/match/mismatch.ts'
import { responseMatching } from '../src/pact/match/response.ts'
import type { PactResponse } from '../src/pact/model.ts'
import { roundsOr } from './measure/rounds.ts'
import { article, example, rules, schema } from './pact-match/article.ts'
import type { Figures } from './report/figures.ts'

const rounds = roundsOr(5)
const demand = { value: example, rules, extraKeys: 'allowed' } as const

/** A body of 1 kB under ten rules: compiled once, compiled for each answer as an interpreter would, and by an equal zod schema. */
export async function bench(): Promise<Figures> {
  const matching = compileJson(demand)
  const whole = responseMatching(pact)
  const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(article) }
  const measured = {
    compiled: [] as number[],
    interpreted: [] as number[],
    zod: [] as number[],
    text: [] as number[],
    parsing: [] as number[],
  }
  for (let round = 0; round < rounds; round++) {
    measured.compiled.push(nsOf(() => matching.matches(article)))
    measured.interpreted.push(nsOf(() => (compileJson(demand) as Matching<unknown>).matches(article), 5_000))
    measured.zod.push(nsOf(() => schema.safeParse(article).success))
    measured.text.push(nsOf(() => whole.matches(answer), 50_000))
    measured.parsing.push(nsOf(() => JSON.parse(answer.body) !== null, 50_000))
  }
  const { compiled, interpreted, zod, text, parsing } = measured
  return {
    name: `match a body of ${(answer.body.length / 1_000).toFixed(1)} kB with ten rules`,
    between: ['compiled', 'peer'],
    rounds,
    figures: {
      'parsed body, beside zod’s safeParse, ns': { ours: compiled, peer: zod },
      'parsed body, beside compiling it each time, ns': { ours: compiled, peer: interpreted },
      'whole response from text, beside JSON.parse alone, ns': { ours: text, peer: parsing },
    },
  }
}

const pact: PactResponse = {
  status: 200,
  headers: { 'content-type': ['application/json'] },
  body: { kind: 'json', value: example, contentType: null },
  rules: { status: null, headers: [], body: rules },
  generators: {},
}

/** CPU time of one call, ns; what it says must be yes, so that all look at the whole body. */
function nsOf(look: () => boolean, times = 200_000): number {
  let yes = 0
  for (let warm = 0; warm < times / 4; warm++) look()
  const start = process.cpuUsage()
  for (let again = 0; again < times; again++) if (look()) yes++
  const { user, system } = process.cpuUsage(start)
  if (yes !== times) throw new Error(`${times - yes} of ${times} bodies were not as they should be`)
  return Math.round(((user + system) * 1_000) / times)
}
