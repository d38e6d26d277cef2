import { type Duration, ms } from '../../core/duration.ts'
import { messageOf } from '../../core/errors.ts'
import { allDone } from '../../core/within.ts'
import { probe } from '../../system/probe.ts'
import type { Edge } from '../../system/topology.ts'
import type { FaultTools } from '../fault-tools.ts'
import type { EdgeFault } from '../vocabulary.ts'
import { gripOnEdges } from './edges.ts'
import type { Grip, NoteStep } from './grip.ts'

const refusalLimitMs = 500

/** Edges that are refused and let through in turn, until they are let go. */
export function gripFlapping(
  fault: EdgeFault & { kind: 'flapping' },
  id: string,
  hit: readonly Edge[],
  tools: FaultTools,
  note: NoteStep,
): Grip {
  const grip = gripOnEdges(fault, id, hit, tools)
  const { clock, edges } = tools
  const letGo = new AbortController()
  let flapping: Promise<void> = Promise.resolve()

  const seeRefused = async () => {
    const asked = await Promise.all(hit.map((edge) => probe(edge.proxy, { kind: 'tcp' }, { limitMs: refusalLimitMs })))
    if (asked.every(({ outcome }) => outcome === 'refused')) note('refused')
  }
  /** Whether it is to go on. */
  const stay = async (duration: Duration) => {
    await clock.sleep(ms(duration), letGo.signal)
    return !letGo.signal.aborted
  }
  const flap = async () => {
    while (await stay(fault.down)) {
      await allDone(hit.map((edge) => edges.setEnabled(edge, true)))
      note('let through')
      if (!(await stay(fault.up))) return
      await allDone(hit.map((edge) => edges.setEnabled(edge, false)))
      await seeRefused()
    }
  }
  return {
    undo: grip.undo,
    async take() {
      await grip.take()
      await seeRefused()
      flapping = flap()
      flapping.catch(() => undefined)
    },
    async letGo(systemEnds) {
      letGo.abort()
      const stuck = await flapping.then(
        () => null,
        (error: unknown) => error,
      )
      const climbed = await grip.letGo(systemEnds)
      // It is undone, but it was not what it was said to be.
      if (stuck !== null) note(`stopped: ${messageOf(stuck)}`)
      return climbed
    },
  }
}
