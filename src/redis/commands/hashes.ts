import { ReplyError } from '../reply.ts'
import { pairs } from './arguments.ts'
import { type Commands, wrongArity } from './command.ts'

export const hashCommands: Commands = {
  hset: {
    arity: -4,
    run({ db }, key, ...args) {
      if (args.length % 2 !== 0) throw new ReplyError(wrongArity('hset'))
      const hash = db.open(key, 'hash', () => new Map())
      const before = hash.size
      for (const [field, value] of pairs(args)) hash.set(field.toString('latin1'), value)
      return hash.size - before
    },
  },
  hget: { arity: 3, run: ({ db }, key, field) => db.read(key, 'hash')?.get(field.toString('latin1')) ?? null },
  hgetall: {
    arity: 2,
    run: ({ db }, key) => ({
      map: [...(db.read(key, 'hash') ?? [])].map(([field, value]) => [Buffer.from(field, 'latin1'), value]),
    }),
  },
  hdel: {
    arity: -3,
    run({ db }, key, ...fields) {
      const hash = db.read(key, 'hash')
      const deleted = fields.filter((field) => hash?.delete(field.toString('latin1'))).length
      if (hash?.size === 0) db.delete(key)
      return deleted
    },
  },
}
