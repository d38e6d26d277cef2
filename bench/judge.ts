import { spawnSync } from 'node:child_process'
import { type InteractionTerms, interactionKey, type Terms } from '../src/contract/terms.ts'
import { seededRandom } from '../src/core/random.ts'
import type { FaultRecord } from '../src/fault/record.ts'
import { latency as delay } from '../src/fault/vocabulary.ts'
import { type Sample, sampleBytes, SampleTable, writeSample } from '../src/load/sample.ts'
import type { ScenarioRecord } from '../src/record/record.ts'
import { latency, none, recovers, share } from '../src/scenario/promise.ts'
import { judgeScenario } from '../src/verdict/judge.ts'

const count = 1_000_000
const phaseMs = 100_000
const names = ['read an article', 'log in', 'see an album', 'order']

/** Judges a million stored responses, in a process of its own: what other benches left in memory is none of ours. */
export async function bench(): Promise<{ name: string; figures: Record<string, number | string> }> {
  const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const figures = JSON.parse(stdout) as Record<string, number | string>
  return { name: `judge ${count.toLocaleString('en')} responses`, figures }
}

/** Beside it the way one would write it first: an object a response, filters and sorting. */
function measure(): Record<string, number | string> {
  const samples = new SampleTable(randomSamples())
  const rssBefore = megabytes(process.memoryUsage.rss())
  const ours = [1, 2, 3].map(() => timed(() => judgeScenario(scenario, terms, samples, [])))
  // The most it ever was, read before the peer runs.
  const rssPeak = megabytes(process.resourceUsage().maxRSS * 1024)
  const naive = timed(() => judgeNaively(samples))
  const best = Math.min(...ours.map(({ ms }) => ms))
  const during = ours[0]?.result.counts.during
  const [mine, theirs] = [(during?.reduced ?? 0) + (during?.refused ?? 0), naive.result]
  if (mine !== theirs) throw new Error(`judged ${mine} responses as degraded, the peer ${theirs}`)
  return {
    'first time, s': (ours[0]?.ms ?? 0) / 1_000,
    'best of three, s': best / 1_000,
    'RSS before, MB': rssBefore,
    'peak RSS, MB': rssPeak,
    'naive peer, s': naive.ms / 1_000,
    'naive peer, peak RSS, MB': megabytes(process.resourceUsage().maxRSS * 1024),
    'times faster': naive.ms / best,
  }
}

function timed<Result>(work: () => Result): { ms: number; result: Result } {
  const start = performance.now()
  const result = work()
  return { ms: performance.now() - start, result }
}

const terms: Terms = {
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

const [asked, inForce, undoAsked, undone] = [phaseMs, phaseMs + 20, 2 * phaseMs, 2 * phaseMs + 20]

const faults = ['comments', 'redis'].map((dependency, index): FaultRecord => {
  const edge = `storefront → ${dependency}`
  return {
    id: `f${index}`,
    fault: delay(edge, '300ms'),
    text: `latency(${edge}, 300ms)`,
    edges: [edge],
    instance: null,
    felt: [{ consumer: 'storefront', dependency }],
    asked,
    inForce,
    undoAsked,
    undone,
    verified: undone,
    canary: [],
    ladder: ['remove'],
    trouble: null,
  }
})

const scenario: ScenarioRecord = {
  name: 'bench',
  file: 'bench/judge.ts',
  title: 'A million responses',
  rate: count / (3 * (phaseMs / 1_000)),
  interactions: terms.interactions.map(({ id, key }) => ({
    id,
    key,
    weight: 1,
    request: { method: 'GET', path: '/' },
  })),
  timeoutMs: 2_000,
  promises: {
    before: [share('full').atLeast(0.99), latency('p95').atMost('300ms')],
    during: [
      share('broken').atMost(0.02),
      share('reduced', { of: 'browser → storefront / order' }).atMost(0.4),
      none('refused', { of: 'browser → storefront / log in' }),
      latency('p99').atMost('900ms'),
    ],
    after: [recovers({ within: '5s' }), latency('p50').atMost('100ms')],
  },
  planned: { before: phaseMs, during: phaseMs, after: phaseMs },
  health: { healthy: true, reason: null, tookMs: 1_000 },
  startedAt: 0,
  endedAt: 3 * phaseMs,
  faults,
  taps: [],
  load: { startedAt: 0, endedAt: 3 * phaseMs, due: count, started: count, answered: count, lateP99: 1, cpuMs: 1 },
  deaths: [],
  endedBy: null,
}

function randomSamples(): Uint8Array {
  const random = seededRandom(1, 'bench')
  const bytes = new Uint8Array(count * sampleBytes)
  const view = new DataView(bytes.buffer)
  for (let sequence = 0; sequence < count; sequence++) {
    const sentAt = (sequence * 3 * phaseMs) / count
    const faulty = sentAt > inForce && sentAt < undoAsked
    const draw = random.next()
    const keeps = draw < 0.005 ? 0 : faulty && draw < 0.4 ? 2 + 2 * random.below(2) : 1
    const took = 20 + random.next() ** 4 * 400
    const interaction = random.below(names.length)
    writeSample(view, sequence, { sentAt, took, late: 0, keeps, sequence, interaction, status: 200, error: 0 })
  }
  return bytes
}

/** The same questions in the obvious way. Returns how many responses were degraded, to be compared. */
function judgeNaively(samples: SampleTable): number {
  const all: (Sample & { phase: string; class: string })[] = []
  for (let index = 0; index < samples.length; index++) {
    const sample: Sample = {
      sentAt: samples.sentAt(index),
      took: samples.took(index),
      late: samples.late(index),
      keeps: samples.keeps(index),
      sequence: samples.sequence(index),
      interaction: samples.interaction(index),
      status: samples.status(index),
      error: samples.error(index),
    }
    const end = sample.sentAt + sample.took
    const phase =
      end < asked
        ? 'before'
        : sample.sentAt > undone
          ? 'after'
          : sample.sentAt > inForce && end < undoAsked
            ? 'during'
            : ''
    const full = (sample.keeps & 1) !== 0 && sample.took <= 500
    const degraded = phase === 'during' && sample.took <= 1_000
    const name = full
      ? 'full'
      : degraded && sample.keeps === 2
        ? 'reduced'
        : degraded && sample.keeps === 4
          ? 'refused'
          : 'broken'
    all.push({ ...sample, phase, class: name })
  }
  const shareOf = (phase: string, name: string, of = -1) => {
    const chosen = all.filter((each) => each.phase === phase && (of < 0 || each.interaction === of))
    return chosen.filter((each) => each.class === name).length / chosen.length
  }
  const quantileOf = (phase: string, quantile: number) => {
    const sorted = all.filter((each) => each.phase === phase).toSorted((a, b) => a.took - b.took)
    return sorted[Math.floor(sorted.length * quantile)]?.took ?? 0
  }
  const recoveredAt = Array.from({ length: phaseMs / 100 }, (_, step) => undone + step * 100).find((from) => {
    const rest = all.filter((each) => each.phase === 'after' && each.sentAt >= from)
    return rest.filter((each) => each.class === 'full').length / rest.length >= 0.99
  })
  const answers = [quantileOf('before', 0.95), quantileOf('during', 0.99), quantileOf('after', 0.5), recoveredAt ?? 0]
  const shares = [
    shareOf('before', 'full'),
    shareOf('during', 'broken'),
    shareOf('during', 'refused', 1),
    shareOf('during', 'reduced', 3),
  ]
  if (![...answers, ...shares].every(Number.isFinite)) throw new Error('the peer found no answer')
  return all.filter((each) => each.class === 'reduced' || each.class === 'refused').length
}

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)

if (process.argv[1] === import.meta.filename) process.stdout.write(`${JSON.stringify(measure(), null, 2)}\n`)
