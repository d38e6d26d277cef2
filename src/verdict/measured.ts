import { formatMs } from '../core/duration.ts'
import type { SampleTable } from '../load/sample.ts'
import type { LoadSummary } from '../load/workload.ts'
import { bound, percent, whole } from './figures.ts'

/** ms; an arrival that is sent later than that was not sent when it was due. */
const lateFrom = 50
/** As little as the smallest promise one should make leaves room for: it sways none. */
const mostLate = 0.02
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
  const late = countLate(samples)
  if (late > samples.length * mostLate) {
    const share = percent(late / samples.length, [0, 1])
    return `the load sent ${whole(late)} of ${whole(samples.length)} arrivals more than ${formatMs(lateFrom)} late (${share}; at most ${bound(mostLate)} may be)`
  }
  return null
}

function countLate(samples: SampleTable): number {
  let late = 0
  for (let index = 0; index < samples.length; index++) if (samples.late(index) > lateFrom) late++
  return late
}
