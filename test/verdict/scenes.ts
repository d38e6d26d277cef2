import type { Condition } from '../../src/contract/condition.ts'
import type { InteractionTerms, StanceTerms, Terms } from '../../src/contract/terms.ts'
import type { CanaryReading, FaultRecord, FeltCondition } from '../../src/fault/record.ts'
import { describeFault, down, type Fault } from '../../src/fault/vocabulary.ts'
import { type Sample, sampleBytes, SampleTable, writeSample } from '../../src/load/sample.ts'
import type { Evidence, LoadSummary } from '../../src/load/workload.ts'
import type { ScenarioRecord } from '../../src/record/record.ts'
import type { TapCounts, TapSnapshot } from '../../src/tap/counts.ts'
import { classify } from '../../src/verdict/classify.ts'
import type { Scene } from '../../src/verdict/promises/scene.ts'

/**
 * A small world, in ms: before is [0, 10 000), the fault is in force from 10 100 to 20 000, after begins at 20 100 and
 * the load ends at 30 000.
 */
export const times = { asked: 10_000, inForce: 10_100, undoAsked: 20_000, undone: 20_100, end: 30_000 }

export const article = 'browser → storefront / read an article'
export const login = 'browser → storefront / log in'

/** Bits of `keeps` in this world. */
export const normal = 0b001
export const less = 0b010
export const no = 0b100

export function stance(text: string, kind: StanceTerms['kind'], withinMs: number | null = null): StanceTerms {
  const [where = '', condition = ''] = text.split(': ')
  const [first = '', second] = where.split(' → ')
  const when = second === undefined ? { dependency: first } : { consumer: first, dependency: second }
  return {
    text,
    when: text === 'otherwise' ? 'otherwise' : { ...when, condition: condition as 'slow' },
    kind,
    bit: { unaffected: null, reduced: 1, refused: 2 }[kind],
    withinMs,
  }
}

export function interaction(overrides: Partial<InteractionTerms> = {}): InteractionTerms {
  return {
    id: 0,
    key: article,
    consumer: 'browser',
    provider: 'storefront',
    name: 'read an article',
    given: null,
    withinMs: null,
    recoversMs: 0,
    halves: ['the normal half', 'without comments', 'refused'],
    stances: [],
    ...overrides,
  }
}

export function termsOf(...interactions: InteractionTerms[]): Terms {
  return { hash: 'h', interactions }
}

/** Terms with one interaction that may be reduced when comments are unavailable. */
export const mayBeReduced = termsOf(interaction({ stances: [stance('comments: unavailable', 'reduced')] }))

export const edge = 'storefront → comments'

export function faultOf(fault: Fault = down(edge), overrides: Partial<FaultRecord> = {}): FaultRecord {
  return {
    id: 'f1',
    fault,
    text: describeFault(fault),
    edges: [edge],
    instances: [],
    felt: 'condition' in fault ? [feltOn(edge, fault.condition)] : [],
    asked: times.asked,
    inForce: times.inForce,
    undoAsked: times.undoAsked,
    undone: times.undone,
    verified: times.undone,
    canary: [canaryOf('before', 'answered'), canaryOf('during', 'refused'), canaryOf('after', 'answered')],
    steps: [],
    ladder: ['remove'],
    trouble: null,
    ...overrides,
  }
}

/** `'auth → redis'` */
export function feltOn(where: string, condition: Condition): FeltCondition {
  const [consumer = '', dependency = ''] = where.split(' → ')
  return { consumer, dependency, condition }
}

export function canaryOf(
  when: CanaryReading['when'],
  outcome: CanaryReading['outcome'],
  overrides: Partial<CanaryReading> = {},
): CanaryReading {
  return { edge, at: 0, when, took: 2, outcome, limitMs: 500, bytes: 200, closedAfter: 1, ...overrides }
}

const labels = ['start', 'asked', 'inForce', 'undoAsked', 'undone', 'end']

/** One reading for each label: what it says of each edge, where it differs from nothing. */
export function tapsOf(edges: Record<string, Partial<TapCounts>[]>): TapSnapshot[] {
  const ats = [0, times.asked, times.inForce, times.undoAsked, times.undone, times.end]
  return labels.map((label, index) => ({
    at: ats[index] as number,
    label,
    edges: Object.fromEntries(
      Object.entries(edges).map(([id, counts]) => [id, { ...noCounts, ...counts[Math.min(index, counts.length - 1)] }]),
    ),
  }))
}

const noCounts: TapCounts = {
  connections: 0,
  open: 0,
  endedByConsumer: 0,
  endedByProvider: 0,
  unanswered: 0,
  turns: 0,
  bytesUp: 0,
  bytesDown: 0,
  canaryConnections: 0,
  canaryTurns: 0,
}

/** The edge was used before, and its two live connections were cut. */
export const cutTaps = tapsOf({
  [edge]: [
    { connections: 2, open: 2, turns: 0 },
    { connections: 2, open: 2, turns: 100 },
    { connections: 2, open: 0, turns: 100, endedByConsumer: 2 },
  ],
})

export function loadOf(started: number, overrides: Partial<LoadSummary> = {}): LoadSummary {
  return {
    startedAt: 0,
    endedAt: times.end,
    due: started,
    started,
    answered: started,
    lateP99: 1,
    cpuMs: 1,
    ...overrides,
  }
}

export function scenarioOf(overrides: Partial<ScenarioRecord> = {}): ScenarioRecord {
  return {
    name: 'comments-down',
    file: 'scenarios/comments-down.scenario.ts',
    title: 'An article outlives the comment service',
    rate: 50,
    interactions: [article, login].map((key, id) => ({ id, key, weight: 1 })),
    timeoutMs: 2_000,
    promises: { before: [], during: [], after: [] },
    planned: { before: 10_000, during: 10_000, after: 10_000 },
    looks: { before: [10_000], during: [10_000], after: [10_000] },
    health: { healthy: true, reason: null, tookMs: 1_000 },
    startedAt: 0,
    endedAt: times.end,
    faults: [faultOf()],
    taps: cutTaps,
    load: null,
    probes: [],
    deaths: [],
    endedBy: null,
    ...overrides,
  }
}

/** `count` responses that keep the normal half after 20 ms, sent evenly over [from, to). */
export function responses(count: number, from: number, to: number, overrides: Partial<Sample> = {}): Partial<Sample>[] {
  return Array.from({ length: count }, (_, index) => ({ sentAt: from + ((to - from) * index) / count, ...overrides }))
}

/** Sorted by when they were sent; their sequence is their place. Returns the stored bytes. */
export function bytesOf(...samples: Partial<Sample>[]): Uint8Array {
  const bytes = new Uint8Array(samples.length * sampleBytes)
  const view = new DataView(bytes.buffer)
  const sorted = samples.toSorted((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0))
  for (const [sequence, sample] of sorted.entries()) {
    const usual = { sentAt: 0, took: 20, late: 0, keeps: normal, sequence, interaction: 0, status: 200, error: 0 }
    writeSample(view, sequence, { ...usual, ...sample })
  }
  return bytes
}

export function tableOf(...samples: Partial<Sample>[]): SampleTable {
  return new SampleTable(bytesOf(...samples))
}

export function sceneOf(scenario: ScenarioRecord, terms: Terms, samples: SampleTable): Scene {
  return { scenario, terms, samples, classified: classify(scenario, terms, samples) }
}

/** Evidence of the sample with this sequence. */
export function evidenceOf(sequence: number): Evidence {
  return {
    sequence,
    requestId: `run-${sequence}`,
    interaction: 0,
    sentAt: 0,
    took: 20,
    keeps: 0,
    error: null,
    request: { method: 'GET', url: 'http://127.0.0.1/', headers: {}, body: null },
    response: { status: 500, headers: {}, body: '' },
    wanted: [],
  }
}
