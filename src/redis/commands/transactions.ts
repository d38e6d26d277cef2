import { ReplyError } from '../reply.ts'
import { type Commands, answer } from './command.ts'

/** MULTI, EXEC and DISCARD. There is no WATCH. */
export const transactionCommands: Commands = {
  multi: {
    arity: 1,
    run(session) {
      if (session.transaction) throw new ReplyError('ERR MULTI calls can not be nested')
      session.transaction = { queue: [], isRefused: false }
      return 'OK'
    },
  },
  exec: {
    arity: 1,
    run(session) {
      const { transaction } = session
      if (!transaction) throw new ReplyError('ERR EXEC without MULTI')
      session.transaction = null
      if (transaction.isRefused) {
        throw new ReplyError('EXECABORT Transaction discarded because of previous errors.')
      }
      return transaction.queue.map(({ command, args }) => answer(session, command, args))
    },
  },
  discard: {
    arity: 1,
    run(session) {
      if (!session.transaction) throw new ReplyError('ERR DISCARD without MULTI')
      session.transaction = null
      return 'OK'
    },
  },
}
