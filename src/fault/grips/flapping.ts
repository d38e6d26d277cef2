import { type Duration, ms } from '../../core/duration.ts'
import { messageOf } from '../../core/errors.ts'
import { allDone } from '../../core/within.ts'
import { probe } from '../../system/probe.ts'
import type { Edge } from '../../system/topology.ts'
import type { FaultTools } from '../fault-tools.ts'
import type { EdgeFault } from '../vocabulary.ts'
import { gripOnEdges } from './edges.ts'
import type { Grip, Tell } from './grip.ts'

const longestLookMs = 500

/** Edges that are refused and let through in turn, until they are let go. */
export function gripFlapping(
  fault: EdgeFault & { kind: 'flapping' },
  id: string,
  hit: readonly Edge[],
  tools: FaultTools,
  tell: Tell,
): Grip {
  const grip = gripOnEdges(fault, id, hit, tools)
  const { clock, edges } = tools
  const letGo = new AbortController()
  let flapping: Promise<void> = Promise.resolve()

  /** Notes that every port is as it should be, where it is. It is asked as canaries ask, so that taps count it apart. */
  const see = async (step: 'refused' | 'let through', lasts: Duration) => {
    const options = { limitMs: Math.min(longestLookMs, ms(lasts) / 2), canary: true, anyStatus: true }
    const asked = await Promise.all(hit.map((edge) => probe(edge.proxy, tools.probe(edge), options)))
    if (asked.every(({ outcome }) => (outcome === 'refused') === (step === 'refused'))) tell.step(step)
  }
  /** Whether it is to go on. */
  const stay = async (duration: Duration) => {
    await clock.sleep(ms(duration), letGo.signal)
    return !letGo.signal.aborted
  }
  const flap = async () => {
    while (await stay(fault.down)) {
      await allDone(hit.map((edge) => edges.setEnabled(edge, true)))
      await see('let through', fault.up)
      if (!(await stay(fault.up))) return
      await allDone(hit.map((edge) => edges.setEnabled(edge, false)))
      await see('refused', fault.down)
    }
  }
  return {
    undo: grip.undo,
    async take() {
      await grip.take()
      await see('refused', fault.down)
      flapping = flap().catch((error: unknown) => tell.trouble(`it stopped: ${messageOf(error)}`))
    },
    async letGo(systemEnds) {
      letGo.abort()
      await flapping
      return grip.letGo(systemEnds)
    },
  }
}
