import { formatMs, ms } from '../core/duration.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { Fault } from '../fault/vocabulary.ts'
import { amount } from './figures.ts'
import { timesOf } from './timeline.ts'
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

/**
 * A port that comes and goes faster than a canary could tell: it was seen both ways, and at least half as often as it was to
 * change in the time that it was in force. One that stopped is either down or let through, and no flapping.
 */
export function judgeFlapping(record: FaultRecord, { down, up }: Flapping): WitnessPart {
  const { inForce, undoAsked } = timesOf(record)
  const times = (text: string) => record.steps.filter((step) => step.text === text).length
  const [refused, through] = [times('refused'), times('let through')]
  const planned = changesIn(undoAsked - inForce, ms(down), ms(up))
  return {
    seen: refused > 0 && through > 0 && refused + through >= planned / 2,
    text: `the port was seen to refuse ${amount(refused, 'time')} and to let through ${amount(through, 'time')}, of ${amount(planned, 'change')} planned`,
  }
}

type Flapping = Extract<Fault, { kind: 'flapping' }>

/** It comes with the first; `Infinity` when it was never asked to go. */
function changesIn(lasted: number, down: number, up: number): number {
  const rounds = Math.floor(lasted / (down + up))
  return 2 * rounds + (lasted - rounds * (down + up) >= down ? 2 : 1)
}
