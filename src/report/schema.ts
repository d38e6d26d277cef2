import { z } from 'zod'
import { phases } from '../scenario/define.ts'
import { responseClasses } from '../scenario/promise.ts'
import { words } from '../verdict/verdict.ts'
import type { Report } from './report.ts'

/** `report.json`, for those who read it by program; published as schema/report.v1.schema.json (`npm run schema`). */

const text = z.string()
const share = z.number().min(0).max(1)
const headers = z.record(text, text)

const evidence = z.object({
  sequence: z.int(),
  requestId: text.describe('the x-request-id the services saw'),
  interaction: z.int(),
  sentAt: z.number().describe('ms since the epoch'),
  took: z.number().describe('ms'),
  keeps: z.int().describe('bit set: which halves of the contract the response keeps; bit 0 is the normal half'),
  error: text.nullable(),
  request: z.object({ method: text, url: text, headers, body: text.nullable() }),
  response: z.object({ status: z.int(), headers, body: text }).nullable(),
  wanted: z.array(z.object({ bit: z.int(), half: text, issues: z.array(text) })),
})

const duration = z.templateLiteral([z.number(), z.enum(['ms', 's', 'm', 'h'])])
const scope = { of: text.exactOptional() }
const promise = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('share'),
    class: z.enum(responseClasses),
    bound: z.enum(['atLeast', 'atMost']),
    value: share,
    ...scope,
  }),
  z.object({ kind: z.literal('none'), class: z.enum(responseClasses), ...scope }),
  z.object({
    kind: z.literal('latency'),
    quantile: z.enum(['p50', 'p75', 'p90', 'p95', 'p99']),
    atMost: duration,
    ...scope,
  }),
  z.object({ kind: z.literal('amplification'), edge: text, atMost: z.number() }),
  z.object({ kind: z.literal('recovers'), within: duration }),
])

const promiseVerdict = z.object({
  phase: z.enum(phases),
  promise,
  text,
  status: z.enum(['kept', 'broken', 'undecided']),
  reason: text,
  responses: z.int().nullable(),
  violations: z.int().nullable(),
  observed: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable().describe('95 % interval around what was observed'),
  unit: z.enum(['share', 'factor', 'ms']),
  evidence: evidence.nullable(),
})

const witnessPart = z.object({ seen: z.boolean(), text })
const counts = z.object({
  ...(Object.fromEntries(responseClasses.map((name) => [name, z.int()])) as Record<
    (typeof responseClasses)[number],
    z.ZodInt
  >),
  leftOut: z.int(),
})

const scenario = z.object({
  name: text,
  title: text,
  file: text,
  word: z.enum(words),
  doubts: z.array(text),
  faults: z.array(text),
  promises: z.array(promiseVerdict),
  witnesses: z.array(
    z.object({
      fault: text,
      text,
      inForceMs: z.number().nullable(),
      crossedBefore: witnessPart,
      canary: witnessPart,
      touched: witnessPart,
    }),
  ),
  gaps: z.array(z.object({ interaction: text, condition: text })),
  counts: z.object({ before: counts, during: counts, after: counts }),
  firstBroken: z.array(evidence),
  deaths: z.array(z.object({ instance: text, text })),
  replay: text.describe('one command that plays just this scenario again'),
  logs: z.record(text, z.array(z.object({ instance: text, text }))).describe('by request id'),
})

export const reportSchema = z.object({
  format: z.literal('brownout-report'),
  version: z.literal(1),
  run: z.object({
    id: text,
    brownout: text,
    system: text,
    startedAt: z.number(),
    tookMs: z.number(),
    seed: z.int(),
    variants: z.array(text),
    engines: text,
    parts: z.array(z.object({ role: text, name: text, version: text, note: text.exactOptional() })),
    endedBy: z
      .object({ code: text, message: text, exitCode: z.int(), hint: text.exactOptional(), stack: text.exactOptional() })
      .nullable(),
    faultsLeft: z.array(text),
  }),
  word: z.enum(words),
  scenarios: z.array(scenario),
  notPlayed: z.array(z.object({ name: text, title: text, file: text })),
  decision: z.object({ exitCode: z.int(), ship: z.boolean(), reasons: z.array(text) }).nullable(),
})

// The types are the source; this line is red when the schema says something else.
reportSchema satisfies z.ZodType<Report>

export function reportJsonSchema(): unknown {
  return { title: 'Brownout report, version 1', ...z.toJSONSchema(reportSchema) }
}
