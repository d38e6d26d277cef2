import type { SampleTable } from '../../load/sample.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { factor, responses } from '../figures.ts'
import { edgesMeant, trafficOn, type Window, windowUntil, windowWithin } from '../traffic.ts'
import type { Finding, Scene } from './scene.ts'

/** With fewer responses on either side the factor says more about chance than about retries. */
const fewestResponses = 200

/** Requests over an edge per response of the workload, during the fault as a multiple of the same before it. */
export function judgeAmplification(
  promise: Extract<ScenarioPromise, { kind: 'amplification' }>,
  { scenario: { taps }, samples, classified: { timeline } }: Scene,
): Finding {
  const edges = edgesMeant(promise.edge, taps)
  const before = windowUntil(taps, timeline.asked)
  const during = windowWithin(taps, timeline.inForce, timeline.undoAsked)
  if (before === null || during === null || edges.length === 0)
    return undecided(`no tap was read on "${promise.edge}" before and during the fault`, null)
  const [base, seen] = [rateOf(edges, before, samples), rateOf(edges, during, samples)]
  const fewest = Math.min(base.responses, seen.responses)
  if (fewest < fewestResponses)
    return undecided(`only ${responses(fewest)} on one side of it; ${fewestResponses} are needed`, seen.responses)
  if (base.turns === 0) return undecided(`nothing crossed "${promise.edge}" before the fault`, seen.responses)

  const observed = seen.perResponse / base.perResponse
  const rates = `${factor(seen.perResponse)} requests per response during the fault and ${factor(base.perResponse)} before it`
  return {
    status: observed <= promise.atMost ? 'kept' : 'broken',
    reason: `${rates}: ${factor(observed)} times as many, where ${promise.atMost} is allowed`,
    responses: seen.responses,
    violations: null,
    observed,
    interval: null,
    unit: 'factor',
  }
}

function rateOf(edges: readonly string[], window: Window, samples: SampleTable) {
  const turns = edges.reduce((sum, edge) => sum + trafficOn(edge, window).turns, 0)
  const sent = sentBefore(samples, window.to.at) - sentBefore(samples, window.from.at)
  return { turns, responses: sent, perResponse: turns / sent }
}

/** Samples are sorted by when they were sent. */
function sentBefore(samples: SampleTable, at: number): number {
  let [low, high] = [0, samples.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (samples.sentAt(middle) < at) low = middle + 1
    else high = middle
  }
  return low
}

function undecided(reason: string, seen: number | null): Finding {
  return {
    status: 'undecided',
    reason,
    responses: seen,
    violations: null,
    observed: null,
    interval: null,
    unit: 'factor',
  }
}
