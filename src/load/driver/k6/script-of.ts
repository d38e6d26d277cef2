import { monotonicClock } from '../../../core/clock.ts'
import type { LoadOrder } from '../../workload.ts'
import { serveClock } from './clock-server.ts'
import { UserScript } from './own/user-script.ts'
import type { Scripted } from './scripted.ts'
import { WorkloadScript } from './workload-script.ts'

/** How a script tells what it has to tell. */
export interface ScriptSetting {
  /** Begins each line that is meant for us. */
  token: string
  /** For files that k6 is to read. */
  folder: string
}

/** The script that plays an order. */
export async function scriptOf(order: LoadOrder, setting: ScriptSetting): Promise<Scripted> {
  if (order.script) return new UserScript(order, order.script, setting)
  const clock = await serveClock(monotonicClock(order.clock))
  return new WorkloadScript(order.workload, { ...setting, clock })
}
