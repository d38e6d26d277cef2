import { allDone, unlessAborted } from '../../core/within.ts'
import { pauseProcess, resumeProcess } from '../pause.ts'
import type { FaultTools, ProcessTools } from '../fault-tools.ts'
import type { Grip, NoteStep } from './grip.ts'

const signalLimitMs = 1_000

/** SIGKILL to all at once; undone when they were started again and are ready. */
export function gripByKilling(instances: readonly string[], processes: ProcessTools): Grip {
  return {
    undo: () => [],
    take: async () => void (await allDone(instances.map((id) => processes.kill(id)))),
    async letGo(systemEnds) {
      if (systemEnds) return []
      await allDone(instances.map((id) => processes.startAgain(id)))
      return ['restart']
    },
  }
}

/** SIGSTOP to all at once. Whoever they are then, they are let go on: an instance may be another process by the end. */
export function gripByPausing(instances: readonly string[], processes: ProcessTools): Grip {
  const identities = instances.map((id) => processes.identityOf(id))
  return {
    undo: () => identities.map((resume) => ({ resume })),
    take: async () => void (await allDone(identities.map((identity) => pauseProcess(identity, signalLimitMs)))),
    async letGo() {
      await allDone(identities.map((identity) => resumeProcess(identity, signalLimitMs)))
      return ['resume']
    },
  }
}

/** One after the other, by itself; to let go of it is to wait until all are back. */
export function gripByRestarting(
  instances: readonly string[],
  { processes, signal }: Pick<FaultTools, 'processes' | 'signal'>,
  note: NoteStep,
): Grip {
  let underWay: Promise<void> = Promise.resolve()
  return {
    undo: () => [],
    async take() {
      // SIGTERM goes to the first before this returns.
      underWay = processes.restart(instances, note)
      underWay.catch(() => undefined)
    },
    async letGo(systemEnds) {
      if (systemEnds || signal.aborted) return []
      await unlessAborted(signal, underWay).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      return []
    },
  }
}
