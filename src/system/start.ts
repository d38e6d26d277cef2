import { mkdirSync } from 'node:fs'
import { type Child, type Exit, startCommand } from '../core/child.ts'
import type { Clock } from '../core/clock.ts'
import { formatMs } from '../core/duration.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { portHolder } from '../core/port-holder.ts'
import { isPortFree } from '../core/ports.ts'
import { unwritable } from '../core/unwritable.ts'
import { lastLines } from './log-lines.ts'
import { probe } from './probe.ts'
import type { PlannedInstance } from './resolve.ts'

const probeEveryMs = 50
const probeLimitMs = 2_000

/** Starts an instance of a program; it is not yet ready. Rejects when its port is taken or its command cannot start. */
export async function startInstance(instance: PlannedInstance, options: { log: string }): Promise<Child> {
  const { id: name, command, cwd, env } = instance
  await checkPort(instance)
  try {
    mkdirSync(instance.folder, { recursive: true })
  } catch (error) {
    throw unwritable(instance.folder, error)
  }
  return startCommand({ name, command, cwd, env, log: options.log })
}

/** What listens, or is to: `host` and `port`, and `id` for messages. */
export type Listener = Pick<PlannedInstance, 'id' | 'host' | 'port'>

/** Rejects with `PORT_IN_USE`, naming who holds it, when the instance's port is taken. */
export async function checkPort(listener: Listener): Promise<void> {
  if (!(await isPortFree(listener.host, listener.port))) throw portInUse(listener)
}

/** What is asked until it is ready. */
type Probed = Listener & Pick<PlannedInstance, 'probe' | 'readyWithinMs'>

/**
 * Probes an instance until it answers. Rejects with `SERVICE_DIED` when the process ends before, with
 * `SERVICE_NOT_READY` when its time is over, both with the last words of its log; with the reason of `signal` when that
 * aborts.
 */
export async function waitUntilReady(
  instance: Probed,
  child: Child,
  clock: Clock,
  options: { log?: string; signal?: AbortSignal } = {},
): Promise<{ tookMs: number }> {
  const { log, signal } = options
  const start = clock.now()
  let last: string | undefined
  for (;;) {
    const leftMs = start + instance.readyWithinMs - clock.now()
    if (leftMs <= 0) throw notReady(instance, last ?? 'it was not asked', log)
    const limitMs = Math.min(leftMs, probeLimitMs)
    const asked = await Promise.race([
      probe(instance, instance.probe, { limitMs, ...(signal ? { signal } : {}) }),
      child.exited,
    ])
    signal?.throwIfAborted()
    // First: whoever answers on the port of an instance that has died is someone else.
    if (child.hasExited) throw died(instance, await child.exited, log)
    if ('outcome' in asked) {
      if (asked.outcome === 'answered') return { tookMs: clock.now() - start }
      // One that the end of the time cut short says less than the one before.
      const wasCutShort = asked.outcome === 'silent' && limitMs < probeLimitMs
      if (!wasCutShort || last === undefined) last = `${asked.outcome} (${asked.detail})`
    }
    await Promise.race([clock.sleep(probeEveryMs, signal), child.exited])
  }
}

export function portInUse({ id, host, port }: Listener): BrownoutError {
  const holder = portHolder(port)
  const by = holder ? ` by process ${holder.pid} (${holder.command})` : ''
  return new BrownoutError('PORT_IN_USE', `Failed to start "${id}": port ${port} of ${host} is in use${by}.`, {
    exitCode: exitCodes.inconclusive,
    hint: holder
      ? `If nothing needs it any more, end it: kill ${holder.pid}`
      : `See who listens there: ss -ltnp 'sport = :${port}'`,
  })
}

function died({ id }: Listener, exit: Exit, log: string | undefined): BrownoutError {
  const how = exit.signal === null ? `exit code ${exit.code}` : exit.signal
  return failed('SERVICE_DIED', `Failed to start "${id}": it ended with ${how} before it was ready.`, log)
}

function notReady(instance: Probed, last: string, log: string | undefined): BrownoutError {
  const { id, readyWithinMs, probe: asked } = instance
  const question = asked.kind === 'http' ? `GET ${asked.path}` : asked.kind === 'redis' ? 'PING' : 'connecting'
  const why = `not ready in ${formatMs(readyWithinMs)}; the last answer to ${question}: ${last}`
  return failed('SERVICE_NOT_READY', `Failed to start "${id}": ${why}.`, log)
}

function failed(code: string, message: string, log: string | undefined): BrownoutError {
  const lastWords = log === undefined ? [] : lastLines(log)
  return new BrownoutError(code, [message, ...lastWords.map((line) => `  | ${line}`)].join('\n'), {
    exitCode: exitCodes.inconclusive,
    ...(log === undefined ? {} : { hint: `Read its log: ${log}` }),
  })
}
