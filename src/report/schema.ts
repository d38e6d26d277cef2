import { z } from 'zod'
import { conditions } from '../contract/condition.ts'
import { phases } from '../scenario/define.ts'
import { responseClasses } from '../scenario/promise.ts'
import { words } from '../verdict/verdict.ts'
import { matterKinds } from './decision.ts'
import type { Report } from './report.ts'

/** `report.json`, for those who read it by program; published as schema/report.v2.schema.json (`npm run schema`). */

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
const probe = {
  label: text,
  probe: z.object({ service: text, path: text, status: z.int().exactOptional() }),
}
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
  z.object({ kind: z.literal('isolated'), of: text, factor: z.number() }),
  z.object({ kind: z.literal('eventually'), within: duration.exactOptional(), ...probe }),
  z.object({ kind: z.literal('never'), ...probe }),
  z.object({ kind: z.literal('threshold'), metric: text, expression: text }),
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
  interval: z.tuple([z.number(), z.number()]).nullable().describe('around what was observed; the reason says how sure'),
  unit: z.enum(['share', 'factor', 'ms', 'readings', 'value']).describe('value: as k6 gives it'),
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

const endedBy = z.object({
  code: text,
  message: text,
  exitCode: z.int(),
  hint: text.exactOptional(),
  stack: text.exactOptional(),
})

const scenario = z.object({
  name: text,
  title: text,
  file: text,
  word: z.enum(words),
  startedAt: z.number().nullable().describe('when its load began, ms since the epoch'),
  tookMs: z.number().nullable(),
  endedBy: endedBy.nullable().describe('why it was cut short or could not be played'),
  doubts: z.array(text),
  faults: z.array(text),
  notes: z.array(text).exactOptional().describe('what is to be known of its load'),
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

const totals = { proven: z.int(), declared: z.int(), undeclared: z.int() }
const coverage = z.object({
  ...totals,
  cells: z.array(
    z.object({
      interaction: text,
      edge: text,
      condition: z.enum(conditions),
      stance: z.enum(['unaffected', 'reduced', 'refused']).nullable().describe('null: nobody said what holds'),
      provenBy: z.array(text).describe('scenarios of this run'),
    }),
  ),
})

const comparison = z.object({
  against: text.describe('id of the earlier run'),
  newlyBroken: z.array(text),
  newlyKept: z.array(text),
  newlyUndecided: z.array(text),
  added: z.array(text),
  removed: z.array(text),
})

const matter = z.object({
  kind: z.enum(matterKinds),
  scenario: text.nullable().describe('null: about the run'),
  phase: z.enum(phases).nullable(),
  promise: text.nullable(),
  text: text.describe('the same in one sentence'),
})
const decision = z.object({
  exitCode: z.int(),
  ship: z.boolean(),
  reasons: z.array(matter).describe('the first explains the exit code'),
  waived: z.array(matter.extend({ owner: text, reason: text, expires: text })),
  warnings: z.array(matter),
})

export const reportSchema = z.object({
  format: z.literal('brownout-report'),
  version: z.literal(2),
  run: z.object({
    id: text,
    brownout: text,
    system: text,
    config: text.nullable(),
    startedAt: z.number(),
    tookMs: z.number().nullable().describe('null: it has not ended, or was killed'),
    seed: z.int(),
    variants: z.array(text),
    whole: z.boolean().describe('whether it was to play every scenario of the system'),
    engines: text,
    parts: z.array(z.object({ role: text, name: text, version: text, note: text.exactOptional() })),
    endedBy: endedBy.nullable(),
    faultsLeft: z.array(text),
  }),
  word: z.enum(words),
  scenarios: z.array(scenario),
  notPlayed: z.array(z.object({ name: text, title: text, file: text })),
  coverage,
  coverageOverTime: z.array(z.object({ run: text, at: z.number(), ...totals })).describe('oldest first, this run last'),
  comparison: comparison.nullable(),
  decision: decision.nullable(),
})

// The types are the source; this line is red when the schema says something else.
reportSchema satisfies z.ZodType<Report>

export function reportJsonSchema(): unknown {
  return { title: 'Brownout report, version 2', ...z.toJSONSchema(reportSchema) }
}
