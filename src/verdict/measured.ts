import { formatMs } from '../core/duration.ts'
import type { SampleTable } from '../load/sample.ts'
import type { LoadSummary } from '../load/workload.ts'
import { bound, percent, whole } from './figures.ts'

/** ms; an arrival that is sent later than that was not sent when it was due. */
const lateFrom = 50
/** Of a whole scenario. All of them may fall in one phase, and there sway what is close: it bounds the harm, no more. */
const mostLate = 0.02
/** ms; a load that once stood still so long left a gap where responses were to be. */
const longestLate = 1_000
const fewestStarted = 0.99

/**
 * Why the load measured nothing; `null` when it did its work. A load that sends late or drops arrivals was too busy
 * itself: what it saw accuses nobody, and acquits nobody.
 */
export function whyUnmeasured(load: LoadSummary | null, samples: SampleTable): string | null {
  if (load === null) return 'the load left no summary'
  if (load.started < load.due * fewestStarted) {
    const started = percent(load.started / load.due, [0, 1])
    return `the load sent only ${whole(load.started)} of ${whole(load.due)} arrivals (${started}; 99 % are needed)`
  }
  const { count, longest } = lateness(samples)
  if (longest > longestLate)
    return `the load sent an arrival ${formatMs(longest)} late (none may be more than ${formatMs(longestLate)} late)`
  if (count > samples.length * mostLate) {
    const share = percent(count / samples.length, [0, 1])
    return `the load sent ${whole(count)} of ${whole(samples.length)} arrivals more than ${formatMs(lateFrom)} late (${share}; at most ${bound(mostLate)} may be)`
  }
  return null
}

/** How many arrivals were late, and by how many ms the latest. */
function lateness(samples: SampleTable): { count: number; longest: number } {
  let [count, longest] = [0, 0]
  for (let index = 0; index < samples.length; index++) {
    const late = samples.late(index)
    if (late > lateFrom) count++
    if (late > longest) longest = late
  }
  return { count, longest }
}
