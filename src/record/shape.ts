import { z } from 'zod'
import type { StoredRun } from './upgrade.ts'

/** What the verdict and the reports rely on in a record; what they only pass on is not looked into. */

const text = z.string()
const number = z.number()
const objects = z.array(z.looseObject({}))
const inPhases = <Each extends z.ZodType>(each: Each) => z.looseObject({ before: each, during: each, after: each })

const endedBy = z.looseObject({ code: text, message: text, exitCode: number }).nullable()
const planned = z.looseObject({ name: text, title: text, file: text })
const fault = z.looseObject({ id: text, text, edges: z.array(text), felt: objects, canary: objects })
const faultNow = fault.extend({ instances: z.array(text), steps: objects })

const scenario = z.looseObject({
  ...planned.shape,
  rate: number,
  interactions: z.array(z.looseObject({ id: number, key: text, weight: number })),
  timeoutMs: number,
  promises: inPhases(objects),
  planned: inPhases(number),
  health: z.looseObject({ healthy: z.boolean() }).nullable(),
  startedAt: number.nullable(),
  endedAt: number.nullable(),
  faults: z.array(fault),
  taps: z.array(z.looseObject({ at: number, label: text, edges: z.looseObject({}) })),
  load: z.looseObject({}).nullable(),
  deaths: objects,
  endedBy,
})
const scenarioNow = scenario.extend({
  rate: number.nullable(),
  script: z.looseObject({ file: text }).nullish(),
  faults: z.array(faultNow),
  looks: inPhases(z.array(number)),
  machine: z.array(z.looseObject({ used: number, others: number })).optional(),
  probes: z.array(z.looseObject({ phase: text, label: text, readings: objects })),
})

const run = z.looseObject({
  version: z.literal(1),
  id: text,
  brownout: text,
  startedAt: number,
  endedAt: number.nullable(),
  seed: number,
  variants: z.array(text),
  system: z.looseObject({ name: text, instances: objects, edges: objects }),
  engines: z.looseObject({ name: text, parts: objects }),
  terms: z.looseObject({ hash: text, interactions: objects }),
  baseline: z.looseObject({ p95: z.record(text, number) }).nullable(),
  planned: z.array(planned),
  scenarios: z.array(scenario),
  endedBy,
  faultsLeft: z.array(text),
})
const runNow = run.extend({
  version: z.literal(2),
  policy: z.looseObject({}),
  whole: z.boolean(),
  scenarios: z.array(scenarioNow),
})
const stored = z.discriminatedUnion('version', [run, runNow])

/** What a record of a known version lacks, first of all: `'scenarios.0.promises: …'`; `null` when it is whole. */
export function whatIsMissing(record: StoredRun): string | null {
  const issue = stored.safeParse(record).error?.issues[0]
  return issue ? `${issue.path.join('.')}: ${issue.message}` : null
}
