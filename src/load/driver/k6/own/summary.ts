import { readFileSync } from 'node:fs'
import type { LoadSummary, ThresholdReading } from '../../../workload.ts'

/** What k6 hands to handleSummary, as far as it is read here. */
interface Summary {
  metrics: Record<string, Metric>
}
interface Metric {
  type: string
  values: Record<string, number>
  thresholds?: Record<string, { ok: boolean }>
}

/** What k6's own summary of a script says; empty when it wrote none: it was killed, or its init code threw. */
export function readSummary(file: string): Pick<LoadSummary, 'thresholds' | 'requests' | 'droppedIterations'> {
  let metrics: Summary['metrics']
  try {
    metrics = (JSON.parse(readFileSync(file, 'utf8')) as Summary).metrics
  } catch {
    return {}
  }
  return {
    // k6 tells its metrics in any order.
    thresholds: Object.keys(metrics)
      .toSorted()
      .flatMap((name) => thresholdsOf(name, metrics[name] as Metric)),
    requests: metrics['http_reqs']?.values['count'] ?? 0,
    droppedIterations: metrics['dropped_iterations']?.values['count'] ?? 0,
  }
}

function thresholdsOf(metric: string, { type, values, thresholds = {} }: Metric): ThresholdReading[] {
  return Object.entries(thresholds).map(([expression, { ok }]) => {
    const statistic = /^\s*(\w+(?:\([^)]*\))?)/.exec(expression)?.[1] ?? ''
    return { metric, expression, ok, samples: samplesOf(type, values), observed: values[statistic] ?? null, type }
  })
}

/** A gauge does not tell how often it was set: one that was never anything but 0 is taken to have been set never. */
function samplesOf(type: string, values: Metric['values']): number {
  const of = (name: string) => values[name] ?? 0
  switch (type) {
    case 'rate':
      return of('passes') + of('fails')
    case 'gauge':
      return of('value') === 0 && of('min') === 0 && of('max') === 0 ? 0 : 1
    default:
      return of('count')
  }
}
