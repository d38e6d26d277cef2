import type { Json } from '../../../contract/define.ts'
import type { JsonSchema } from '../../../contract/wire-schema.ts'
import type { Rule } from '../../model.ts'
import { type Here, leaf, ruleAt, type Said, type Saying, unsaid } from './saying.ts'

export function sayArray(here: Here, saying: Saying): Said | undefined {
  const { schema, path, hint } = here
  if (schema.prefixItems) return sayTuple(here, schema.prefixItems, saying)
  const { minItems = 0, maxItems } = schema
  if (maxItems === 0) return sayEmpty(here, saying)
  const size: Rule = ruleAt(path, [
    {
      match: 'type',
      ...(minItems > 0 ? { min: minItems } : {}),
      ...(maxItems === undefined ? {} : { max: maxItems }),
    },
  ])
  const items = typeof schema.items === 'object' ? schema.items : {}
  const element = saying.say({ schema: items, path: [...path, '[*]'], hint: Array.isArray(hint) ? hint[0] : undefined })
  if (!element) return leaf([], size)
  const times = (example: Json) => Array.from({ length: Math.max(1, minItems) }, () => example)
  const whole = times(element.whole)
  // Stock tools compare no element with an example that has none.
  if (element.shown === undefined) return { whole, shown: [], rules: [size] }
  return { whole, shown: times(element.shown), rules: [size, ...element.rules] }
}

/** Under a rule nothing is compared with an example that is empty, and a rule of a list or map further up counts here too. */
function sayEmpty({ path }: Here, { gaps }: Saying): Said {
  if (path.some((step) => step === '[*]' || step === '*')) gaps.report('empty lists', path, 'must be empty')
  return leaf([])
}

function sayTuple({ schema, path, hint }: Here, parts: readonly JsonSchema[], saying: Saying): Said | undefined {
  if (schema.items !== false || (schema.minItems ?? 0) < parts.length)
    saying.gaps.report('alternatives', path, 'may have more or fewer elements')
  const whole: Json[] = []
  const shown: Json[] = []
  let isShown = true
  const rules: Rule[] = []
  for (const [index, part] of parts.entries()) {
    const below = [...path, { index }]
    const said = saying.say({ schema: part, path: below, hint: Array.isArray(hint) ? hint[index] : undefined })
    if (!said) return undefined
    whole.push(said.whole)
    // An element that is left out would move those behind it.
    if (said.shown === undefined) isShown = false
    else shown.push(said.shown)
    rules.push(...said.rules)
  }
  return isShown ? { whole, shown, rules } : unsaid(whole)
}
