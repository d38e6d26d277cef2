import { canonicalJson } from '../../contract/fingerprint.ts'
import type { Demands } from '../../contract/halves.ts'
import type { HeaderDemand } from '../../contract/stance.ts'
import { portable } from '../../pact/emit/schema/portable-pattern.ts'
import { plain, type Schema } from '../schema/case.ts'
import { answerSchema, type HeaderPart } from '../schema/parts.ts'
import { placed, pointerStep } from '../schema/placed.ts'
import type { Demand } from '../version.ts'
import { seenSchema } from './seen-schema.ts'

/** What a half promises besides its headers, said as headers. */
const ofProblem = /^application\/problem\+json($|\s*;)/i
const ofRetry =
  /^(?:[0-9]+|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT)$/

/** A half of a contract as one demand. */
export function answerOf(demands: Demands): Demand {
  const { status, problem, retryAfter } = demands
  const headers = new Map<string, HeaderDemand>(demands.headers)
  if (problem && !headers.has('content-type')) headers.set('content-type', ofProblem)
  if (retryAfter && !headers.has('retry-after')) headers.set('retry-after', ofRetry)
  const schema = answerSchema({
    status: { enum: status },
    headers: Object.fromEntries([...headers].map(([name, demand]) => [name, headerOf(name, demand)])),
    body: bodyOf(demands),
  })
  return { schema, text: canonicalJson(schema) }
}

function headerOf(name: string, demand: HeaderDemand): HeaderPart {
  if (typeof demand === 'string') return { schema: { const: demand }, isRequired: true }
  if (!(demand instanceof RegExp)) {
    const schema = placed(seenSchema(demand), `/properties/headers/properties/${pointerStep(name)}`)
    return { schema, isRequired: !mayBeAbsent(demand) }
  }
  const { source, flags } = demand
  return { schema: { type: 'string', pattern: portable(source, flags) ?? flagged(source, flags) }, isRequired: true }
}

function flagged(source: string, flags: string): string {
  const kept = [...flags].filter((flag) => 'ims'.includes(flag)).join('')
  return kept === '' ? source : `(?${kept})${source}`
}

function mayBeAbsent(demand: Exclude<HeaderDemand, string | RegExp>): boolean {
  try {
    const result = demand['~standard'].validate(undefined)
    return !('then' in result) && !result.issues
  } catch {
    return false
  }
}

/** Problem details may repeat the status, and then must repeat the right one. */
function bodyOf({ body, problem, status }: Demands): Schema {
  const own = (pointer: string) => (body === null ? true : placed(seenSchema(body), pointer))
  if (!problem) return own('/properties/body')
  const details = { type: 'object', properties: { status: { enum: status } } }
  return body === null ? details : { allOf: [plain(own('/properties/body/allOf/0')), details] }
}
