import { formatMs, ms } from '../../core/duration.ts'
import type { Phase } from '../../scenario/define.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { amount } from '../figures.ts'
import { askedFor, describeReading, probeEveryMs } from './asked.ts'
import type { Finding, Scene } from './scene.ts'

/** Kept by one reading that holds, if it was asked for in time. It is the answers that tell, so none is no acquittal. */
export function judgeEventually(
  promise: Extract<ScenarioPromise, { kind: 'eventually' }>,
  phase: Phase,
  scene: Scene,
): Finding {
  const { readings, begin, end } = askedFor(promise, phase, scene)
  const within = promise.within === undefined ? end - begin : ms(promise.within)
  const held = readings.find(({ holds }) => holds)
  const after = held === undefined ? null : Math.max(0, held.at - begin)
  const finding = (status: Finding['status'], reason: string): Finding => ({
    status,
    reason,
    responses: readings.length,
    violations: null,
    observed: after,
    interval: null,
    unit: 'ms',
  })
  if (after !== null && after <= within) return finding('kept', `it held ${formatMs(after)} into the phase`)

  const last = readings.findLast(({ at }) => at <= begin + within)
  if (last === undefined) return finding('undecided', 'its probe was not asked in time')
  if (end - begin < within - probeEveryMs) {
    const reason = `the phase was over after ${formatMs(end - begin)}, before its ${formatMs(within)} were`
    return finding('undecided', `${reason}; last, ${describeReading(last)}`)
  }
  const late = after === null ? '' : `; only ${formatMs(after)} into the phase it did`
  const times = readings.filter(({ at }) => at <= begin + within).length
  return finding(
    'broken',
    `it did not hold within ${formatMs(within)}, asked ${amount(times, 'time')}${late}; last, ${describeReading(last)}`,
  )
}
