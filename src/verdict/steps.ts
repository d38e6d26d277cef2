import { formatMs } from '../core/duration.ts'
import type { FaultRecord } from '../fault/record.ts'
import { amount } from './figures.ts'
import type { WitnessPart } from './verdict.ts'

/** A restart comes and goes by itself: every instance was seen to end, and then to be ready again. */
export function judgeRestart({ instances, steps }: FaultRecord): WitnessPart {
  if (instances.length === 0) return { seen: false, text: 'no instance was to be restarted' }
  const parts = instances.map((id): WitnessPart => {
    const ended = steps.find(({ text }) => text === `${id} ended`)
    if (ended === undefined) return { seen: false, text: `${id} was not seen to end` }
    const ready = steps.find(({ at, text }) => at >= ended.at && text === `${id} is ready`)
    if (ready === undefined) return { seen: false, text: `${id} was not seen to be ready again` }
    return { seen: true, text: `${id} ended and was ready again after ${formatMs(ready.at - ended.at)}` }
  })
  const missing = parts.filter(({ seen }) => !seen)
  const told = missing.length > 0 ? missing : parts
  return { seen: missing.length === 0, text: told.map(({ text }) => text).join('; ') }
}

/** A port that comes and goes faster than a canary could tell: it was seen both ways. */
export function judgeFlapping({ steps }: FaultRecord): WitnessPart {
  const times = (text: string) => steps.filter((step) => step.text === text).length
  const [refused, through] = [times('refused'), times('let through')]
  return {
    seen: refused > 0 && through > 0,
    text: `the port was seen to refuse ${amount(refused, 'time')} and to let through ${amount(through, 'time')}`,
  }
}
