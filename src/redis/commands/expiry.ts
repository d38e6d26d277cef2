import { ReplyError } from '../reply.ts'
import type { Session } from '../session.ts'
import { fits, integer, keyword } from './arguments.ts'
import type { Command, Commands } from './command.ts'

const second = 1_000n
const millisecond = 1n

/** When something expires, in milliseconds; throws in the name of `command` when the number is too big. */
export function deadline(arg: Buffer, unit: bigint, startMs: number, command: string): number {
  const lasting = integer(arg) * unit
  const at = lasting + BigInt(Math.floor(startMs))
  if (!fits(lasting) || !fits(at)) throw invalidExpiry(command)
  return Number(at)
}

export function invalidExpiry(command: string): ReplyError {
  return new ReplyError(`ERR invalid expire time in '${command}' command`)
}

/** The options of SET that give a deadline: their unit, and whether it is counted from now or from the epoch. */
export const deadlineOptions: Record<string, { unit: bigint; isFromNow: boolean }> = {
  EX: { unit: second, isFromNow: true },
  PX: { unit: millisecond, isFromNow: true },
  EXAT: { unit: second, isFromNow: false },
  PXAT: { unit: millisecond, isFromNow: false },
}

function expire(name: string, unit: bigint): Command {
  return {
    arity: -3,
    run({ db, shared }, key, time, ...options) {
      const allows = condition(options)
      const at = deadline(time, unit, shared.now(), name)
      const current = db.expiryOf(key)
      if (current === undefined || !allows(current, at)) return 0
      db.expire(key, at)
      return 1
    },
  }
}

/** Whether a deadline may replace the current one; no deadline counts as one that never comes. */
function condition(options: readonly Buffer[]): (current: number | null, at: number) => boolean {
  const given = new Set(options.map(keyword))
  const unknown = options.find((option) => !['NX', 'XX', 'GT', 'LT'].includes(keyword(option)))
  if (unknown) throw new ReplyError(`ERR Unsupported option ${unknown.toString('latin1')}`)
  if (given.has('NX') && given.size > 1) {
    throw new ReplyError('ERR NX and XX, GT or LT options at the same time are not compatible')
  }
  if (given.has('GT') && given.has('LT')) {
    throw new ReplyError('ERR GT and LT options at the same time are not compatible')
  }
  return (current, at) =>
    !(given.has('NX') && current !== null) &&
    !(given.has('XX') && current === null) &&
    !(given.has('GT') && at <= (current ?? Infinity)) &&
    !(given.has('LT') && at >= (current ?? Infinity))
}

/** What is left until the key expires, in milliseconds; -1: for ever, -2: no key. */
function left({ db, shared }: Session, key: Buffer): number {
  const at = db.expiryOf(key)
  if (at === undefined) return -2
  return at === null ? -1 : Math.max(0, at - Math.floor(shared.now()))
}

export const expiryCommands: Commands = {
  expire: expire('expire', second),
  pexpire: expire('pexpire', millisecond),
  pttl: { arity: 2, run: left },
  ttl: {
    arity: 2,
    run(session, key) {
      const ms = left(session, key)
      return ms < 0 ? ms : Math.floor((ms + 500) / 1_000)
    },
  },
}
