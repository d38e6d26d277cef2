import { globToRegExp } from '../glob.ts'
import type { Database } from '../store.ts'
import type { Session } from '../session.ts'
import { keyword, syntaxError } from './arguments.ts'
import type { Command, Commands } from './command.ts'

function flush(databases: (session: Session) => readonly Database[]): Command {
  return {
    arity: -1,
    run(session, ...options) {
      if (options.length > 1 || !options.every((option) => ['SYNC', 'ASYNC'].includes(keyword(option)))) {
        throw syntaxError()
      }
      for (const db of databases(session)) db.clear()
      return 'OK'
    },
  }
}

export const keyCommands: Commands = {
  del: { arity: -2, run: ({ db }, ...keys) => keys.filter((key) => db.delete(key)).length },
  exists: { arity: -2, run: ({ db }, ...keys) => keys.filter((key) => db.has(key)).length },
  type: { arity: 2, run: ({ db }, key) => db.typeOf(key) ?? 'none' },
  keys: {
    arity: 2,
    run({ db }, pattern) {
      const wanted = globToRegExp(pattern.toString('latin1'))
      return db.keys().filter((key) => wanted.test(key.toString('latin1')))
    },
  },
  dbsize: { arity: 1, run: ({ db }) => db.count().keys },
  flushdb: flush(({ db }) => [db]),
  flushall: flush(({ shared }) => shared.databases),
}
