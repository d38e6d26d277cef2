import { canonicalJson } from '../../contract/fingerprint.ts'
import { statusCheck } from '../../pact/match/status.ts'
import { Rules } from '../../pact/match/rules.ts'
import type { PactBody, PactHeaders, PactResponse, Rule } from '../../pact/model.ts'
import { plain, type Schema } from '../schema/case.ts'
import { type HeaderPart, unseenPart } from '../schema/parts.ts'
import { jsonSchema, type OtherFields } from './json.ts'
import { textSchema } from './text.ts'

/** Every status that will do. */
export function statusSchema({ status, rules }: PactResponse): Schema {
  const { status: rule } = rules
  if (rule?.matchers.some(({ match }) => match === 'unknown')) return unseenPart(canonicalJson(rule))
  const check = statusCheck(status, rule)
  return { enum: Array.from({ length: 500 }, (_, index) => 100 + index).filter((one) => check(one, null)) }
}

/** Several values of a header are one text, as HTTP has it. */
export function headerParts(headers: PactHeaders, rules: readonly Rule[]): Record<string, HeaderPart> {
  const root = Rules.of(rules)
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => {
      const at = root.at(name)
      const rule = at.chosen ?? (values.length === 1 ? at.at('0').chosen : null)
      const schema =
        rule === null || values.length === 1 ? textSchema(values.join(', '), rule) : severalSchema(values, rule)
      return [name, { schema, isRequired: true }]
    }),
  )
}

/** What a rule asks of each of several values, nobody asks of them together. */
function severalSchema(values: readonly string[], rule: unknown): Schema {
  return unseenPart(canonicalJson([values, rule]))
}

export function querySchemas(
  query: Readonly<Record<string, readonly (string | null)[]>>,
  rules: readonly Rule[],
): Record<string, Schema> {
  const root = Rules.of(rules)
  const one = (value: string | null, at: Rules): Schema =>
    value === null && at.chosen === null ? { const: null } : textSchema(value ?? '', at.chosen)
  return Object.fromEntries(
    Object.entries(query).map(([name, values]): [string, Schema] => {
      const at = root.at(name)
      const [first = null, ...others] = values
      // One value is told apart by its index alone; how many there may be is for several.
      if (others.length === 0) return [name, one(first, at.at('0'))]
      return [name, listOfValues(values, at, one)]
    }),
  )
}

function listOfValues(
  values: readonly (string | null)[],
  at: Rules,
  one: (value: string | null, at: Rules) => Schema,
): Schema {
  const elements = values.map((value, index) => one(value, at.at(String(index))))
  if (at.chosen !== null) return { type: 'array', items: { anyOf: elements.map(plain) } }
  const { length } = elements
  return { type: 'array', prefixItems: elements.map(plain), items: false, minItems: length, maxItems: length }
}

/** `true` when nothing is said of the body. */
export function bodySchema(body: PactBody, rules: readonly Rule[], others: OtherFields): Schema {
  switch (body.kind) {
    case 'absent':
      return true
    case 'empty':
      return { const: '' }
    case 'json':
      return jsonSchema({ value: body.value, rules, others })
    case 'text':
      return textSchema(body.text, Rules.of(rules).chosen)
    case 'binary':
      return rules.length === 0 ? { const: body.base64 } : unseenPart(canonicalJson([body, rules]))
  }
}
