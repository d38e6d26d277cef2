import { ReplyError } from '../reply.ts'
import { fits, integer } from './arguments.ts'
import { type Command, type Commands, wrongArity } from './command.ts'

type End = 'left' | 'right'

function push(end: End): Command {
  return {
    arity: -3,
    run({ db }, key, ...values) {
      const list = db.open(key, 'list', () => [])
      return end === 'left' ? list.unshift(...values.toReversed()) : list.push(...values)
    },
  }
}

function pop(name: string, end: End): Command {
  return {
    arity: -2,
    run({ db }, key, count, ...more) {
      if (more.length > 0) throw new ReplyError(wrongArity(name))
      const many = count ? positive(count) : null
      const list = db.read(key, 'list')
      if (!list) return many === null ? null : { nil: 'array' }
      const length = Math.min(many ?? 1, list.length)
      const popped = end === 'left' ? list.splice(0, length) : list.splice(list.length - length).toReversed()
      if (list.length === 0) db.delete(key)
      return many === null ? (popped[0] ?? null) : popped
    },
  }
}

function positive(arg: Buffer): number {
  const text = arg.toString('latin1')
  if (!/^(?:0|[1-9]\d{0,18})$/.test(text) || !fits(BigInt(text))) {
    throw new ReplyError('ERR value is out of range, must be positive')
  }
  return Number(text)
}

export const listCommands: Commands = {
  lpush: push('left'),
  rpush: push('right'),
  lpop: pop('lpop', 'left'),
  rpop: pop('rpop', 'right'),
  llen: { arity: 2, run: ({ db }, key) => db.read(key, 'list')?.length ?? 0 },
  lrange: {
    arity: 4,
    run({ db }, key, first, last) {
      const [start, stop] = [Number(integer(first)), Number(integer(last))]
      const list = db.read(key, 'list') ?? []
      const from = Math.max(0, start < 0 ? start + list.length : start)
      const to = stop < 0 ? stop + list.length : stop
      return list.slice(from, Math.max(from, to + 1))
    },
  },
}
