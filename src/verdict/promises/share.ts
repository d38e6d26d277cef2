import type { ScenarioPromise } from '../../scenario/promise.ts'
import { sureness } from '../confidence.ts'
import { bound, percent, percents, responses, whole } from '../figures.ts'
import { clopperPearson } from '../interval.ts'
import type { PromiseStatus } from '../verdict.ts'
import { statusOf, type Tally, wish } from './counted.ts'
import type { Finding } from './scene.ts'

type SharePromise = Extract<ScenarioPromise, { kind: 'share' }>

export function judgeShare(promise: SharePromise, count: Tally, confidence: number): Finding {
  const hits = promise.bound === 'atMost' ? count.violations : count.responses - count.violations
  const interval = clopperPearson(hits, count.responses, confidence)
  const observed = hits / count.responses
  const status = statusOf(promise, count, confidence)
  const seen = `${whole(hits)} of ${responses(count.responses)} (${percent(observed, interval)}) were ${promise.class}`
  const placed = `the ${sureness(confidence)} interval ${percents(interval)} ${relation(promise, status)}`
  const reason = `${seen}; ${placed}${wish(promise, count, confidence)}`
  return { status, reason, ...count, observed, interval, unit: 'share' }
}

function relation(promise: SharePromise, status: PromiseStatus): string {
  const value = bound(promise.value)
  if (status === 'undecided') return `contains ${value}`
  return (status === 'kept') === (promise.bound === 'atLeast') ? `lies above ${value}` : `lies below ${value}`
}
