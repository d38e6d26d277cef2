import { formatMs } from '../core/duration.ts'
import type { LoadSummary } from '../load/workload.ts'
import { percent, whole } from './figures.ts'

const latestP99 = 50
const fewestStarted = 0.99

/**
 * Why the load measured nothing; `null` when it did its work. A load that sends late or drops arrivals was too busy
 * itself: what it saw accuses nobody, and acquits nobody.
 */
export function whyUnmeasured(load: LoadSummary | null): string | null {
  if (load === null) return 'the load left no summary'
  if (load.started < load.due * fewestStarted) {
    const started = percent(load.started / load.due, [0, 1])
    return `the load sent only ${whole(load.started)} of ${whole(load.due)} arrivals (${started}; 99 % are needed)`
  }
  if (load.lateP99 > latestP99)
    return `the load sent its arrivals up to ${formatMs(Math.ceil(load.lateP99))} late (99th percentile; at most ${formatMs(latestP99)} may be)`
  return null
}
