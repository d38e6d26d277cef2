import type { Commands } from './command.ts'

export const setCommands: Commands = {
  sadd: {
    arity: -3,
    run({ db }, key, ...members) {
      const set = db.open(key, 'set', () => new Set())
      const before = set.size
      for (const member of members) set.add(member.toString('latin1'))
      return set.size - before
    },
  },
  smembers: {
    arity: 2,
    run: ({ db }, key) => ({ set: [...(db.read(key, 'set') ?? [])].map((member) => Buffer.from(member, 'latin1')) }),
  },
  srem: {
    arity: -3,
    run({ db }, key, ...members) {
      const set = db.read(key, 'set')
      const removed = members.filter((member) => set?.delete(member.toString('latin1'))).length
      if (set?.size === 0) db.delete(key)
      return removed
    },
  },
}
