import * as fc from 'fast-check'
import type { Json } from '../../../src/contract/define.ts'
import type {
  Generators,
  Matcher,
  MatcherSet,
  Pact,
  PactBody,
  PactInteraction,
  PactMessage,
  PactRequest,
  PactResponse,
  Rule,
} from '../../../src/pact/model.ts'
import { formatPath, type PathStep } from '../../../src/pact/path.ts'

const odd = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '',
  '*',
  '$',
  '$.a',
  'a[0]',
  "it's",
  'ids[]',
  'match',
)
const name = fc.oneof(fc.string(), odd)
/** JSON knows no -0. */
export const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json)
const record = fc.dictionary(name, json, { maxKeys: 3 })
const types = [
  'application/json',
  'application/hal+json; charset=utf-8',
  'text/plain',
  'image/png',
  'application/xml',
  'x',
]
const contentType = fc.option(fc.constantFrom(...types))

const body: fc.Arbitrary<PactBody> = fc.oneof(
  fc.constantFrom<PactBody>({ kind: 'absent' }, { kind: 'empty' }),
  fc.record({ kind: fc.constant('json' as const), value: json, contentType }),
  fc.record({ kind: fc.constant('text' as const), text: fc.string({ minLength: 1, unit: 'grapheme' }), contentType }),
  fc.record({
    kind: fc.constant('binary' as const),
    base64: fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    contentType,
  }),
)

const plain = ['equality', 'integer', 'decimal', 'number', 'boolean', 'null', 'notEmpty', 'semver', 'values'] as const
const classes = ['info', 'success', 'redirect', 'clientError', 'serverError', 'nonError', 'error'] as const
const step: fc.Arbitrary<PathStep> = fc.oneof(
  fc.record({ field: name }),
  fc.record({ index: fc.nat() }),
  fc.constantFrom<PathStep>('*', '[*]'),
)

const { matcher } = fc.letrec<{ matcher: Matcher }>((tie) => ({
  matcher: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(...plain).map((match): Matcher => ({ match })),
    fc.record({ match: fc.constant('type'), min: fc.nat(), max: fc.nat() }, { requiredKeys: ['match'] }),
    fc.record({ match: fc.constant('regex'), regex: fc.string() }),
    fc.record({ match: fc.constantFrom('include', 'contentType'), value: fc.string() }),
    fc.record({ match: fc.constantFrom('date', 'time', 'datetime'), format: fc.option(fc.string({ minLength: 1 })) }),
    fc.record({ match: fc.constant('statusCode'), status: fc.oneof(fc.constantFrom(...classes), fc.array(fc.nat())) }),
    fc.record({ match: fc.constantFrom('eachKey', 'eachValue'), rules: fc.array(tie('matcher'), { maxLength: 2 }) }),
    fc.record({
      match: fc.constant('arrayContains'),
      variants: fc.array(fc.record({ index: fc.nat(), rules: rulesOf(tie('matcher'), fc.array(step)) }), {
        maxLength: 2,
      }),
    }),
  ) as fc.Arbitrary<Matcher>,
}))

function setOf(one: fc.Arbitrary<Matcher>): fc.Arbitrary<MatcherSet> {
  return fc.record({
    combine: fc.constantFrom('AND' as const, 'OR' as const),
    matchers: fc.array(one, { minLength: 1, maxLength: 3 }),
  })
}

/** One rule for each path, in order, as all pacts have them that were read. */
function rulesOf(one: fc.Arbitrary<Matcher>, path: fc.Arbitrary<readonly PathStep[]>): fc.Arbitrary<Rule[]> {
  const rule = fc.tuple(path, setOf(one)).map(([steps, set]): Rule => ({ path: steps, ...set }))
  const text = (each: Rule) => formatPath(each.path)
  return fc
    .uniqueArray(rule, { selector: text, maxLength: 3 })
    .map((rules) => rules.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)))
}

const path = fc.array(step, { maxLength: 4 })
const headerPath = path.map(([first, ...rest]): PathStep[] => {
  if (first === undefined) return []
  return [typeof first === 'object' && 'field' in first ? { field: first.field.toLowerCase() } : first, ...rest]
})
const generator = fc.record({ type: fc.string(), digits: fc.nat() }, { requiredKeys: ['type'] })
const generators: fc.Arbitrary<Generators> = fc.dictionary(
  fc.constantFrom('path', 'query', 'header', 'body', 'metadata', 'status', 'method'),
  fc.dictionary(fc.oneof(fc.constantFrom('', '$.a', 'type'), fc.string()), generator, { minKeys: 1, maxKeys: 2 }),
)
const headers = fc.dictionary(
  fc.oneof(
    name.map((text) => text.toLowerCase()),
    fc.constant('content-type'),
  ),
  fc.array(fc.oneof(fc.string(), fc.constantFrom(...types)), { maxLength: 2 }),
  { maxKeys: 3 },
)

const request: fc.Arbitrary<PactRequest> = fc.record({
  method: fc.string().map((text) => text.toUpperCase()),
  path: fc.string(),
  query: fc.dictionary(name, fc.array(fc.option(fc.string()), { maxLength: 2 }), { maxKeys: 3 }),
  headers,
  body,
  rules: fc.record({
    path: fc.option(setOf(matcher)),
    query: rulesOf(matcher, path),
    headers: rulesOf(matcher, headerPath),
    body: rulesOf(matcher, path),
  }),
  generators,
})
const response: fc.Arbitrary<PactResponse> = fc.record({
  status: fc.integer({ min: 100, max: 599 }),
  headers,
  body,
  rules: fc.record({
    status: fc.option(setOf(matcher)),
    headers: rulesOf(matcher, headerPath),
    body: rulesOf(matcher, path),
  }),
  generators,
})
const message: fc.Arbitrary<PactMessage> = fc.record({
  contents: body,
  metadata: fc.oneof(record, fc.record({ contentType: fc.constantFrom(...types) })),
  rules: fc.record({ metadata: rulesOf(matcher, path), contents: rulesOf(matcher, path) }),
  generators,
})

const described = {
  description: fc.string(),
  states: fc.array(fc.record({ name, params: record }), { maxLength: 2 }),
  pending: fc.boolean(),
  comments: record,
}
const interaction: fc.Arbitrary<PactInteraction> = fc.oneof(
  fc.record({ kind: fc.constant('http' as const), ...described, request, response }),
  fc.record({ kind: fc.constant('message' as const), ...described, message }),
  fc.record({
    kind: fc.constant('synchronous message' as const),
    ...described,
    request: message,
    responses: fc.array(message, { maxLength: 2 }),
  }),
)

/** Any pact that can be read from a file and says nothing twice. */
export const arbitraryPact: fc.Arbitrary<Pact> = fc.record({
  consumer: fc.string({ minLength: 1 }),
  provider: fc.string({ minLength: 1 }),
  interactions: fc.array(interaction, { minLength: 1, maxLength: 3 }).map((all) => all.map(setApart)),
})

function setApart(one: PactInteraction, index: number): PactInteraction {
  const description = `${one.description}${index}`
  if (one.kind === 'http')
    return { ...one, description, request: { ...one.request, path: `/${index}${one.request.path}` } }
  if (one.kind === 'message') return { ...one, description }
  return { ...one, description, request: { ...one.request, metadata: { ...one.request.metadata, index } } }
}
