import type { Clock } from '../core/clock.ts'
import { readCpu } from '../core/cpu-use.ts'
import type { MachineReading } from '../record/record.ts'

const everyMs = 1_000

/** Notes about once a second, until it is disposed of, whom the machine works for; nothing where nobody can tell. */
export function watchMachine(clock: Clock, into: MachineReading[]): Disposable {
  let before = readCpu()
  const look = () => {
    const now = readCpu()
    if (before && now && now.there > before.there) {
      const there = now.there - before.there
      const used = now.used - before.used
      const others = Math.max(0, used - (now.own - before.own))
      into.push({ at: clock.now(), used: used / there, others: others / there })
    }
    before = now
  }
  const timer = setInterval(look, everyMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
