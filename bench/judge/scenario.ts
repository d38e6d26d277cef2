import { type InteractionTerms, interactionKey, type Terms } from '../../src/contract/terms.ts'
import type { FaultRecord } from '../../src/fault/record.ts'
import { latency as delay } from '../../src/fault/vocabulary.ts'
import type { ScenarioRecord } from '../../src/record/record.ts'
import { isolated, latency, none, recovers, share } from '../../src/scenario/promise.ts'

export const phaseMs = 100_000
export const [asked, inForce, undoAsked, undone] = [phaseMs, phaseMs + 20, 2 * phaseMs, 2 * phaseMs + 20]

const names = ['read an article', 'log in', 'see an album', 'order']

export const terms: Terms = {
  hash: 'bench',
  interactions: names.map((name, id): InteractionTerms => ({
    id,
    key: interactionKey('browser', 'storefront', name),
    consumer: 'browser',
    provider: 'storefront',
    name,
    given: null,
    withinMs: 500,
    recoversMs: 1_000,
    halves: ['the normal half', 'without comments', 'later'],
    stances: (['reduced', 'refused'] as const).map((kind, index) => ({
      text: `${kind}: slow`,
      when: { dependency: index === 0 ? 'comments' : 'redis', condition: 'slow' },
      kind,
      bit: index + 1,
      withinMs: 1_000,
    })),
  })),
}

const faults = ['comments', 'redis'].map((dependency, index): FaultRecord => {
  const edge = `storefront → ${dependency}`
  return {
    id: `f${index}`,
    fault: delay(edge, '300ms'),
    text: `latency(${edge}, 300ms)`,
    edges: [edge],
    instances: [],
    felt: [{ consumer: 'storefront', dependency, condition: 'slow' }],
    asked,
    inForce,
    undoAsked,
    undone,
    verified: undone,
    canary: [],
    steps: [],
    ladder: ['remove'],
    trouble: null,
  }
})

/** A record of `count` responses in three equal phases, two faults in the second. */
export function scenarioOf(count: number): ScenarioRecord {
  return {
    name: 'bench',
    file: 'bench/judge.ts',
    title: 'Very many responses',
    rate: count / (3 * (phaseMs / 1_000)),
    interactions: terms.interactions.map(({ id, key }) => ({ id, key, weight: 1 })),
    timeoutMs: 2_000,
    promises: {
      before: [share('full').atLeast(0.99), latency('p95').atMost('300ms')],
      during: [
        share('broken').atMost(0.02),
        share('reduced', { of: 'browser → storefront / order' }).atMost(0.4),
        none('refused', { of: 'browser → storefront / log in' }),
        latency('p99').atMost('900ms'),
        isolated('browser → storefront / see an album'),
      ],
      after: [recovers({ within: '5s' }), latency('p50').atMost('100ms')],
    },
    planned: { before: phaseMs, during: phaseMs, after: phaseMs },
    looks: { before: [phaseMs], during: [phaseMs], after: [phaseMs] },
    health: { healthy: true, reason: null, tookMs: 1_000 },
    startedAt: 0,
    endedAt: 3 * phaseMs,
    faults,
    taps: [],
    load: { startedAt: 0, endedAt: 3 * phaseMs, due: count, started: count, answered: count, lateP99: 1, cpuMs: 1 },
    probes: [],
    deaths: [],
    endedBy: null,
  }
}
