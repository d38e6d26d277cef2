import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/contract/define.ts'
import { jsonSchema } from '../../src/diff/pact/json.ts'
import { compileJson } from '../../src/pact/match/json/compile.ts'
import type { Matcher, Rule } from '../../src/pact/model.ts'
import type { PathStep } from '../../src/pact/path.ts'

const scalars = fc.constantFrom<Json>(null, true, false, 0, 1, 2.5, '', 'a', 'b', 'true')

const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { noNullPrototype: true }),
  ),
})) as { value: fc.Arbitrary<Json> }

const step = fc.constantFrom<PathStep>({ field: 'a' }, { field: 'b' }, { index: 0 }, { index: 1 }, '*', '[*]')
const plain = fc.constantFrom<Matcher>(
  { match: 'type' },
  { match: 'type', min: 1 },
  { match: 'type', max: 2 },
  { match: 'equality' },
  { match: 'integer' },
  { match: 'number' },
  { match: 'boolean' },
  { match: 'null' },
  { match: 'notEmpty' },
)
const matcher = fc.oneof(
  plain,
  fc.constant<Matcher>({ match: 'values' }),
  fc.array(plain, { minLength: 1, maxLength: 2 }).map((rules): Matcher => ({ match: 'eachValue', rules })),
)
const rule: fc.Arbitrary<Rule> = fc.record({
  path: fc.array(step, { maxLength: 3 }),
  combine: fc.constantFrom('AND', 'OR'),
  matchers: fc.array(matcher, { minLength: 1, maxLength: 2 }),
})

const ajv = new Ajv2020({ strict: false, validateSchema: false })

/** The very matchers whose words no schema has, and those that the reference reads in a way of its own. */
function isTold(schema: unknown): boolean {
  return !/"x-(?:code|hidden)"/.test(JSON.stringify(schema))
}

test.each(['allowed', 'forbidden'] as const)(
  'property: the schema of an example accepts what the matching accepts, other fields %s',
  { timeout: 120_000 },
  (others) => {
    let compared = 0
    fc.assert(
      fc.property(
        values,
        fc.array(rule, { maxLength: 3 }),
        fc.array(values, { minLength: 5 }),
        (value, rules, tried) => {
          const schema = jsonSchema({ value, rules, others })
          if (!isTold(schema)) return
          compared++
          const [accepts, matching] = [ajv.compile(schema), compileJson({ value, rules, extraKeys: others })]
          expect(tried.filter((one) => accepts(one) !== matching.matches(one))).toEqual([])
          expect(accepts(value)).toBe(matching.matches(value))
        },
      ),
      { numRuns: 2_000 },
    )
    expect(compared).toBeGreaterThan(1_000)
  },
)
