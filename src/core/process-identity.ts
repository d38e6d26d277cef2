import { statOf } from './proc.ts'

/** A process, known by its id and the moment it started, so that a reused id is never taken for it. */
export interface ProcessIdentity {
  pid: number
  /** Clock ticks since boot (field 22 of /proc/pid/stat), or `null` where there is no /proc. */
  startTicks: string | null
}

/** Signals a detached process and all of its group; nothing happens when it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  // -1 would be every process of the user, -0 our own group.
  if (!(pid > 1)) return
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: already gone
  }
}

/** Signals the very process that was recorded, and nothing that it started; nothing happens when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!(identity.pid > 1) || !isAlive(identity)) return
  try {
    process.kill(identity.pid, signal)
  } catch {
    // Gone in this moment, or of another user: who asks looks again.
  }
}

/** When the process started, to tell it from a later one with the same id; `null` when it is gone or there is no /proc. */
export function startTicks(pid: number): string | null {
  return statOf(pid)?.startTicks ?? null
}

export function identify(pid: number): ProcessIdentity {
  return { pid, startTicks: startTicks(pid) }
}

/** Whether the very process that was recorded is still alive. A zombie, ended but not yet buried, is not. */
export function isAlive({ pid, startTicks: recorded }: ProcessIdentity): boolean {
  if (recorded !== null) {
    const stat = statOf(pid)
    return stat?.startTicks === recorded && stat.state !== 'Z' && stat.state !== 'X'
  }
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It lives, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether the very process stands still because of a signal; `null` where there is no /proc to tell. */
export function isStopped({ pid, startTicks: recorded }: ProcessIdentity): boolean | null {
  if (recorded === null) return null
  const stat = statOf(pid)
  return stat?.startTicks === recorded && stat.state === 'T'
}
