import type { Json } from '../../../contract/define.ts'
import { isRecord } from '../../../contract/place.ts'
import type { Rule } from '../../model.ts'
import { type Here, leaf, ruleAt, type Said, type Saying } from './saying.ts'

/** Fields by name, or a map whose values are alike. */
export function sayObject(here: Here, saying: Saying): Said | undefined {
  const { schema, path } = here
  const isMap = Object.keys(schema.properties ?? {}).length === 0 && isRecord(schema.additionalProperties)
  if (isMap && Object.keys(schema.additionalProperties as object).length > 0) return sayMap(here, saying)
  if (schema.additionalProperties === false) saying.gaps.report('closed objects', path, 'other fields are forbidden')
  else if (isRecord(schema.additionalProperties) && Object.keys(schema.additionalProperties).length > 0)
    saying.gaps.report('closed objects', path, 'other fields must be of one kind')
  const required = new Set(schema.required)
  const whole: Record<string, Json> = {}
  const shown: Record<string, Json> = {}
  const rules: Rule[] = []
  for (const [field, part] of Object.entries(schema.properties ?? {})) {
    const below = [...path, { field }]
    if (!required.has(field)) {
      saying.gaps.report('optional fields', below, 'may be absent')
      continue
    }
    const hint = isRecord(here.hint) ? here.hint[field] : undefined
    const said = saying.say({ schema: part, path: below, hint })
    if (!said) continue
    whole[field] = said.whole
    if (said.shown !== undefined) shown[field] = said.shown
    rules.push(...said.rules)
  }
  return { whole, shown, rules }
}

/** The keys are left to the provider: a rule about them would speak of the example's key only. */
function sayMap({ schema, path, hint }: Here, saying: Saying): Said | undefined {
  const [key, value] = isRecord(hint) ? (Object.entries(hint)[0] ?? []) : []
  const names = schema.propertyNames
  const name = names && Object.keys(names).some((keyword) => keyword !== 'type') ? names : undefined
  if (name) saying.gaps.report('closed objects', path, 'only some names of fields are allowed')
  const said = saying.say({
    schema: schema.additionalProperties as typeof schema,
    path: [...path, '*'],
    hint: value,
  })
  if (!said) return leaf({})
  const firstName = key ?? (typeof name?.enum?.[0] === 'string' ? name.enum[0] : 'key')
  const whole = { [firstName]: said.whole }
  // What is shown of a map stands for all its values; of none, any map will do.
  if (said.shown === undefined) return { whole, shown: {}, rules: [] }
  return { whole, shown: { [firstName]: said.shown }, rules: [ruleAt(path, [{ match: 'values' }]), ...said.rules] }
}
