import { formatMs } from '../../core/duration.ts'
import type { Phase } from '../../scenario/define.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { amount, whole } from '../figures.ts'
import { askedFor, describeReading, excerptOf, isAnswer } from './asked.ts'
import type { Finding, Scene } from './scene.ts'

/** Fewer answers say nothing about a whole phase; nor do answers that end long before it, or come all at once. */
const fewestAnswers = 2
const lastPart = 2 / 3
const leastTold = 1 / 2

/** A census: broken by one reading that holds, kept by answers to the end that do not. */
export function judgeNever(promise: Extract<ScenarioPromise, { kind: 'never' }>, phase: Phase, scene: Scene): Finding {
  const { readings, begin, end } = askedFor(promise, phase, scene)
  const holding = readings.filter(({ holds }) => holds)
  const answers = readings.filter((reading) => isAnswer(reading, promise.probe))
  const finding = (status: Finding['status'], reason: string): Finding => ({
    status,
    reason,
    responses: answers.length,
    violations: holding.length,
    observed: holding.length,
    interval: null,
    unit: 'readings',
  })
  const [first] = holding
  if (first)
    return finding(
      'broken',
      `it held in ${whole(holding.length)} of ${amount(readings.length, 'reading')}, first ${formatMs(Math.max(0, first.at - begin))} into the phase: ${excerptOf(first)}`,
    )
  const last = answers.at(-1)
  const bad = readings.findLast((reading) => !isAnswer(reading, promise.probe))
  const otherwise = bad === undefined ? '' : `; last, ${describeReading(bad)}`
  if (last === undefined || answers.length < fewestAnswers)
    return finding(
      'undecided',
      `${whole(answers.length)} of ${amount(readings.length, 'reading')} were answers${otherwise}`,
    )
  if (last.at < begin + (end - begin) * lastPart)
    return finding(
      'undecided',
      `the last answer came ${formatMs(last.at - begin)} into a phase of ${formatMs(end - begin)}${otherwise}`,
    )
  const planned = scene.scenario.planned[phase]
  const told = last.at - (answers[0]?.at ?? last.at)
  if (told < planned * leastTold)
    return finding(
      'undecided',
      `its answers tell of ${formatMs(told)} in a phase that was to last ${formatMs(planned)}${otherwise}`,
    )
  return finding('kept', `it held in none of ${amount(answers.length, 'reading')}`)
}
