import type { StandardSchemaV1 } from '@standard-schema/spec'
import { messageOf } from '../core/errors.ts'
import { type Answer, Reading } from './answer.ts'
import type { Demands } from './halves.ts'
import type { HeaderDemand } from './stance.ts'

export type { Answer } from './answer.ts'

/** Tells which halves of its interaction's contract an answer keeps. Never throws, whatever the answer. */
export interface Checker {
  /** A set of bits: bit 0 the normal half, the others as `halves` in the terms says. */
  keeps(interaction: number, answer: Answer): number
  /** For each half that is not kept: what it wanted. Values of headers and bodies are not repeated: they may be secret. */
  explain(interaction: number, answer: Answer): { bit: number; half: string; issues: string[] }[]
}

/** `undefined` when the demand is met; else a way to put in words what was wanted, for those who ask. */
type Check = (reading: Reading) => undefined | (() => string[])

const shownIssues = 10

/** `interactions[id]` holds what each bit demands, and its name. */
export function createChecker(interactions: readonly { demands: Demands[]; texts: string[] }[]): Checker {
  const prepared = interactions.map(({ demands, texts }) =>
    demands.map((wanted, bit) => ({ bit, half: texts[bit] ?? '', checks: checksOf(wanted) })),
  )
  const halvesOf = (interaction: number) => {
    const halves = prepared[interaction]
    if (!halves) throw new RangeError(`there is no interaction ${interaction}`)
    return halves
  }
  return {
    keeps(interaction, answer) {
      const reading = new Reading(answer)
      let keeps = 0
      for (const { bit, checks } of halvesOf(interaction)) {
        if (checks.every((check) => check(reading) === undefined)) keeps |= 1 << bit
      }
      return keeps
    },
    explain(interaction, answer) {
      const reading = new Reading(answer)
      return halvesOf(interaction)
        .map(({ bit, half, checks }) => {
          const issues = checks.flatMap((check) => check(reading)?.() ?? [])
          const more = issues.length - shownIssues
          return { bit, half, issues: more > 0 ? [...issues.slice(0, shownIssues), `and ${more} more`] : issues }
        })
        .filter(({ issues }) => issues.length > 0)
    },
  }
}

/** The cheap ones first: `keeps` stops at the first that is not met. */
function checksOf(demands: Demands): Check[] {
  const checks = [checkStatus(demands.status)]
  if (demands.retryAfter) checks.push(checkRetryAfter)
  checks.push(...demands.headers.map(([name, demand]) => checkHeader(name, demand)))
  if (demands.problem) checks.push(checkProblem)
  if (demands.body) checks.push(checkBody(demands.body))
  return checks
}

function checkStatus(wanted: readonly number[]): Check {
  return ({ status }) =>
    wanted.includes(status) ? undefined : () => [`status: is ${status}, wanted ${wanted.join(' or ')}`]
}

function checkHeader(name: string, demand: HeaderDemand): Check {
  if (typeof demand === 'string') {
    return (reading) =>
      reading.header(name) === demand ? undefined : () => [absentOr(reading, name, `wanted "${demand}"`)]
  }
  if (!(demand instanceof RegExp)) return (reading) => judge(demand, reading.header(name), `header ${name}`)
  // A copy: with the flags g and y, a test moves the pattern on.
  const pattern = new RegExp(demand)
  return (reading) => {
    pattern.lastIndex = 0
    const value = reading.header(name)
    const matches = value !== undefined && pattern.test(value)
    return matches ? undefined : () => [absentOr(reading, name, `wanted ${String(demand)}`)]
  }
}

function checkRetryAfter(reading: Reading): ReturnType<Check> {
  const value = reading.header('retry-after')
  // RFC 9110: a sender writes dates as IMF-fixdate, which is the very form of toUTCString.
  if (value !== undefined && (/^\d+$/.test(value) || new Date(value).toUTCString() === value)) return undefined
  return () => [absentOr(reading, 'retry-after', 'wanted seconds or an HTTP date')]
}

function checkProblem(reading: Reading): ReturnType<Check> {
  const issues: string[] = []
  if (!/^application\/problem\+json\s*(;|$)/i.test(reading.header('content-type') ?? '')) {
    issues.push(absentOr(reading, 'content-type', 'wanted "application/problem+json"'))
  }
  const { json } = reading
  if ('flaw' in json) issues.push(`body: ${json.flaw}, wanted problem details`)
  else if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    issues.push('body: is no object, wanted problem details')
  else if ('status' in json.value && json.value.status !== reading.status)
    issues.push(`body.status: is not the HTTP status ${reading.status}`)
  return issues.length === 0 ? undefined : () => issues
}

function checkBody(schema: StandardSchemaV1): Check {
  return ({ json }) => ('flaw' in json ? () => [`body: ${json.flaw}`] : judge(schema, json.value, 'body'))
}

function absentOr(reading: Reading, name: string, otherwise: string): string {
  return `header ${name}: ${reading.header(name) === undefined ? `is absent, ${otherwise}` : otherwise}`
}

function judge(schema: StandardSchemaV1, value: unknown, what: string): ReturnType<Check> {
  const { vendor } = schema['~standard']
  try {
    const result = schema['~standard'].validate(value)
    if ('then' in result) {
      // zod turns to a promise when a refinement throws, too.
      result.then(undefined, () => undefined)
      return () => [`${what}: its ${vendor} schema is asynchronous or threw; a contract is checked at once`]
    }
    const { issues } = result
    if (!issues) return undefined
    return () => (issues.length === 0 ? [`${what}: is not valid`] : issues.map((issue) => inWords(issue, what)))
  } catch (error) {
    return () => [`${what}: its ${vendor} schema threw: ${messageOf(error)}`]
  }
}

function inWords({ path = [], message }: StandardSchemaV1.Issue, what: string): string {
  const steps = path.map((step) => {
    const key = typeof step === 'object' ? step.key : step
    if (typeof key === 'number') return `[${key}]`
    return /^[A-Za-z_$][\w$]*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(String(key))}]`
  })
  return `${what}${steps.join('')}: ${message}`
}
