import { type Reply, ReplyError } from '../reply.ts'
import type { Session } from '../session.ts'
import { fits, integer, keyword, pairs, syntaxError } from './arguments.ts'
import { type Commands, wrongArity } from './command.ts'
import { deadline, deadlineOptions, invalidExpiry } from './expiry.ts'

export const stringCommands: Commands = {
  get: { arity: 2, run: ({ db }, key) => db.read(key, 'string') ?? null },
  set: { arity: -3, run: set },
  setex: {
    arity: 4,
    run({ db, shared }, key, seconds, value) {
      if (integer(seconds) <= 0) throw invalidExpiry('setex')
      db.writeString(key, value, deadline(seconds, 1_000n, shared.now(), 'setex'))
      return 'OK'
    },
  },
  getdel: {
    arity: 2,
    run({ db }, key) {
      const value = db.read(key, 'string') ?? null
      db.delete(key)
      return value
    },
  },
  mget: {
    arity: -2,
    run: ({ db }, ...keys) =>
      keys.map((key) => (db.typeOf(key) === 'string' ? (db.read(key, 'string') ?? null) : null)),
  },
  mset: {
    arity: -3,
    run({ db }, ...args) {
      if (args.length % 2 !== 0) throw new ReplyError(wrongArity('mset'))
      for (const [key, value] of pairs(args)) db.writeString(key, value)
      return 'OK'
    },
  },
  incr: { arity: 2, run: (session, key) => add(session, key, 1n) },
  decr: { arity: 2, run: (session, key) => add(session, key, -1n) },
  incrby: { arity: 3, run: (session, key, amount) => add(session, key, integer(amount)) },
}

function set({ db, shared }: Session, key: Buffer, value: Buffer, ...options: Buffer[]): Reply {
  const { flags, time } = readOptions(options)
  let expiresAt: number | null = null
  if (time) {
    if (integer(time.arg) <= 0) throw invalidExpiry('set')
    expiresAt = deadline(time.arg, time.unit, time.isFromNow ? shared.now() : 0, 'set')
  }
  const before = flags.has('GET') ? (db.read(key, 'string') ?? null) : undefined
  if (db.has(key) ? flags.has('NX') : flags.has('XX')) return before ?? null
  if (flags.has('KEEPTTL')) expiresAt = db.expiryOf(key) ?? null
  db.writeString(key, value, expiresAt)
  return before === undefined ? 'OK' : before
}

interface SetOptions {
  flags: Set<string>
  time: { arg: Buffer; unit: bigint; isFromNow: boolean } | null
}

function readOptions(options: readonly Buffer[]): SetOptions {
  const flags = new Set<string>()
  let time: SetOptions['time'] = null
  for (let index = 0; index < options.length; index++) {
    const option = keyword(options[index] as Buffer)
    const deadlineOption = deadlineOptions[option]
    if (deadlineOption) {
      const arg = options[++index]
      if (!arg || time) throw syntaxError()
      time = { arg, ...deadlineOption }
    } else if (['NX', 'XX', 'GET', 'KEEPTTL'].includes(option)) flags.add(option)
    else throw syntaxError()
  }
  if ((flags.has('NX') && flags.has('XX')) || (flags.has('KEEPTTL') && time)) throw syntaxError()
  return { flags, time }
}

function add({ db }: Session, key: Buffer, amount: bigint): Reply {
  const before = db.read(key, 'string')
  const after = (before ? integer(before) : 0n) + amount
  if (!fits(after)) throw new ReplyError('ERR increment or decrement would overflow')
  db.writeString(key, Buffer.from(String(after)), db.expiryOf(key) ?? null)
  return after
}
