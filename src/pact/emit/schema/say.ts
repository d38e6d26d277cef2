import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Json } from '../../../contract/define.ts'
import { type JsonSchema, unseen, wireSchema } from '../../../contract/wire-schema.ts'
import type { Gaps } from '../gaps.ts'
import { sayArray } from './say-array.ts'
import { sayChoice } from './say-choice.ts'
import { sayNumber } from './say-number.ts'
import { sayObject } from './say-object.ts'
import { sayText } from './say-text.ts'
import { merged } from './merged.ts'
import { type Here, leaf, ruleAt, type Said, type Saying, unsaid } from './saying.ts'

/** Says what a schema demands; `undefined` when not even an example is found, which `gaps` then knows. */
export function saySchema(schema: StandardSchemaV1, gaps: Gaps): Said | undefined {
  const root = wireSchema(schema)
  const { vendor } = schema['~standard']
  if (!root) {
    gaps.fail([], `${vendor} tells nothing of its schemas`, 'Use zod 4, or a library that offers Standard JSON Schema.')
    return undefined
  }
  const said = sayFrom(root, gaps)
  if (said) checkExample(schema, said.whole, gaps)
  return said && gaps.whole ? { ...said, shown: said.whole } : said
}

function sayFrom(root: JsonSchema, gaps: Gaps): Said | undefined {
  /** The references on the way from the root to the place that is said. */
  const within: string[] = ['#']
  const saying: Saying = {
    gaps,
    say(here) {
      const { $ref } = here.schema
      if ($ref === undefined) return sayHere(here, saying)
      if (within.includes($ref)) {
        gaps.report('recursion', here.path, 'is like what it stands in')
        return undefined
      }
      within.push($ref)
      const said = saying.say({ ...here, schema: definition(root, $ref) })
      within.pop()
      return said
    },
  }
  return saying.say({ schema: root, path: [], hint: undefined })
}

function definition(root: JsonSchema, ref: string): JsonSchema {
  const name = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(ref)?.[1]
  const definitions = root.$defs ?? (root['definitions'] as JsonSchema['$defs']) ?? {}
  return name === undefined
    ? {}
    : (definitions[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')] ?? {})
}

function sayHere(asked: Here, saying: Saying): Said | undefined {
  const schema = merged(asked.schema)
  const here: Here = { ...asked, schema, hint: schema.examples?.[0] ?? asked.hint }
  if (!tellsUnseen(here, saying)) return undefined
  // An explicit rule: one further up would otherwise count here too.
  if ('const' in schema) return leaf(schema.const as Json, ruleAt(here.path, [{ match: 'equality' }]))
  if (schema.enum || schema.anyOf || schema.oneOf || Array.isArray(schema.type)) return sayChoice(here, saying)
  switch (schema.type) {
    case 'object':
      return sayObject(here, saying)
    case 'array':
      return sayArray(here, saying)
    case 'string':
      return sayText(here, saying)
    case 'integer':
    case 'number':
      return sayNumber(here, saying)
    case 'boolean':
      return leaf(here.hint !== false, ruleAt(here.path, [{ match: 'type' }]))
    case 'null':
      return leaf(null, ruleAt(here.path, [{ match: 'null' }]))
    default:
      saying.gaps.report('alternatives', here.path, 'is allowed to be anything')
      return unsaid((here.hint as Json | undefined) ?? null)
  }
}

/** Whether there is anything to say beside what no JSON Schema tells. */
function tellsUnseen({ schema, path }: Here, { gaps }: Saying): boolean {
  for (const what of schema[unseen] ?? []) {
    if (what === 'refinement') gaps.report('refinements', path, 'is refined by code')
    else if (what === 'transform') gaps.report('transforms', path, 'is transformed or decoded by code')
    else {
      gaps.fail(path, `"${what}" is no type of JSON`, 'Demand what is on the wire, such as z.iso.datetime().')
      return false
    }
  }
  return true
}

function checkExample(schema: StandardSchemaV1, example: Json, gaps: Gaps): void {
  const result = schema['~standard'].validate(example)
  if ('then' in result || !result.issues) return
  for (const { message, path = [] } of result.issues) {
    const steps = path.map((step) => (typeof step === 'object' ? step.key : step))
    gaps.fail(
      steps.map((step) => (typeof step === 'number' ? { index: step } : { field: String(step) })),
      `no example was found that the schema takes: ${message}`,
      'Give one: .meta({ examples: […] }).',
    )
  }
}
