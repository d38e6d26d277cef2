import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type Answer, createChecker } from '../contract/check.ts'
import { redactBody } from '../contract/redact.ts'
import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import { request } from '../core/http.ts'
import type { ProbeReading, ProbeRecord } from '../record/record.ts'
import { canaryMark } from '../system/answer.ts'
import { isWanted, probeEveryMs } from '../verdict/promises/asked.ts'
import type { PlannedProbe } from './plan-probes.ts'

const limitMs = 1_000
const shownBody = 500

export interface Probe {
  planned: PlannedProbe
  schema: StandardSchemaV1
  /** Where its readings go. */
  record: ProbeRecord
}

export interface ProbeSettings {
  clock: Clock
  /** Aborts when the run is over. */
  signal: AbortSignal
  /** Names of fields to mask, besides the usual ones. */
  redact: readonly string[]
  nextRequestId(): string
}

/**
 * Asks each probe over and over, one question at a time, beside the load; what holds eventually is not asked again. To end
 * it is to ask once more, right then, for what never may hold.
 */
export function askProbes(probes: readonly Probe[], settings: ProbeSettings): { end(): Promise<void> } {
  const ended = new AbortController()
  const asking = probes.map((probe) => askOn(probe, ended.signal, settings))
  return {
    async end() {
      ended.abort()
      await Promise.all(asking)
    },
  }
}

async function askOn(probe: Probe, ended: AbortSignal, settings: ProbeSettings): Promise<void> {
  const { planned, record } = probe
  const { clock, signal } = settings
  const over = AbortSignal.any([ended, signal])
  while (!over.aborted) {
    const reading = await ask(probe, settings)
    record.readings.push(reading)
    if (reading.holds && planned.kind === 'eventually') return
    await clock.sleep(probeEveryMs, over)
  }
  if (planned.kind === 'never' && !signal.aborted) record.readings.push(await ask(probe, settings))
}

async function ask({ planned, schema }: Probe, settings: ProbeSettings): Promise<ProbeReading> {
  const { clock, signal, redact } = settings
  const headers = { 'x-brownout-canary': canaryMark, 'x-request-id': settings.nextRequestId(), connection: 'close' }
  const at = clock.now()
  try {
    const { status, text } = await request('GET', planned.url, { limitMs, headers, signal })
    const issues = issuesWith(planned.status, schema, { status, headers: {}, body: text })
    const body = redactBody(text, redact).slice(0, shownBody)
    return { at, took: clock.now() - at, status, holds: issues.length === 0, issues, body }
  } catch (error) {
    return { at, took: clock.now() - at, status: null, holds: false, issues: [messageOf(error)], body: '' }
  }
}

function issuesWith(wanted: number | null, schema: StandardSchemaV1, answer: Answer): string[] {
  const status = [isWanted(answer.status, wanted) ? answer.status : (wanted ?? 200)]
  const demands = [{ status, headers: [], retryAfter: false, problem: false, body: schema }]
  return createChecker([{ demands, texts: [] }])
    .explain(0, answer)
    .flatMap(({ issues }) => issues)
}
