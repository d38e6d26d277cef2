import type { FaultTools } from '../fault-tools.ts'
import type { PlannedFault } from '../plan.ts'
import type { Surge } from '../vocabulary.ts'
import { gripOnEdges } from './edges.ts'
import { gripFlapping } from './flapping.ts'
import type { Grip, Tell } from './grip.ts'
import { gripByKilling, gripByPausing, gripByRestarting } from './processes.ts'

/** A planned fault that something has to be taken hold of for. A surge is a matter of the load alone. */
export type InjectedFault = PlannedFault & { fault: Exclude<PlannedFault['fault'], Surge> }

export function isInjected(planned: PlannedFault): planned is InjectedFault {
  return planned.fault.kind !== 'surge'
}

/** For the processes as they are now. */
export function gripOf({ id, fault, edges, instances }: InjectedFault, tools: FaultTools, tell: Tell): Grip {
  const hit = edges.map(tools.edge)
  switch (fault.kind) {
    case 'kill':
      return gripByKilling(instances, tools.processes)
    case 'pause':
      return gripByPausing(instances, tools.processes)
    case 'restart':
      return gripByRestarting(instances, tools, tell.step)
    case 'flapping':
      return gripFlapping(fault, id, hit, tools, tell)
    default:
      return gripOnEdges(fault, id, hit, tools)
  }
}
