import { monotonicClock } from '../core/clock.ts'
import { BrownoutError, type ExitCode, exitCodes } from '../core/errors.ts'
import { isAlive, isStopped, type ProcessIdentity, signalGroup } from '../core/process-identity.ts'

const everyMs = 5

/** Stops a process and all of its group; resolves when it was seen to stand still. Rejects when it is gone or does not. */
export async function pauseProcess(identity: ProcessIdentity, limitMs: number): Promise<void> {
  if (isAlive(identity)) signalGroup(identity.pid, 'SIGSTOP')
  const isSettled = await comesTrue(() => !isAlive(identity) || isStopped(identity) !== false, limitMs)
  if (isSettled && isAlive(identity)) return
  throw failed('NOT_PAUSED', 'pause', identity, exitCodes.inconclusive)
}

/** Lets it go on; resolves when it was seen to. One that is gone needs nothing. */
export async function resumeProcess(identity: ProcessIdentity, limitMs: number): Promise<void> {
  if (isAlive(identity)) signalGroup(identity.pid, 'SIGCONT')
  if (await comesTrue(() => !isAlive(identity) || isStopped(identity) !== true, limitMs)) return
  throw failed('NOT_RESUMED', 'resume', identity, exitCodes.faultMayRemain)
}

async function comesTrue(condition: () => boolean, limitMs: number): Promise<boolean> {
  const { now, sleep } = monotonicClock()
  const until = now() + limitMs
  while (!condition() && now() < until) await sleep(everyMs)
  return condition()
}

function failed(code: string, doing: string, { pid }: ProcessIdentity, exitCode: ExitCode): BrownoutError {
  const why = doing === 'pause' ? 'it ended, or goes on in spite of SIGSTOP' : 'it stands still in spite of SIGCONT'
  return new BrownoutError(code, `Failed to ${doing} process ${pid}: ${why}.`, { exitCode })
}
