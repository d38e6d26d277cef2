import { type Command, answer, arityError } from './commands/command.ts'
import { connectionCommands } from './commands/connection.ts'
import { expiryCommands } from './commands/expiry.ts'
import { hashCommands } from './commands/hashes.ts'
import { keyCommands } from './commands/keys.ts'
import { listCommands } from './commands/lists.ts'
import { serverCommands } from './commands/server.ts'
import { setCommands } from './commands/sets.ts'
import { stringCommands } from './commands/strings.ts'
import { transactionCommands } from './commands/transactions.ts'
import type { Reply } from './reply.ts'
import type { Session } from './session.ts'

const commands = new Map<string, Command>(
  [
    connectionCommands,
    serverCommands,
    keyCommands,
    expiryCommands,
    stringCommands,
    hashCommands,
    setCommands,
    listCommands,
    transactionCommands,
  ].flatMap((group) => Object.entries(group)),
)

/** These are never queued in a transaction. */
const immediate = new Set(['multi', 'exec', 'discard', 'quit'])

/** Answers one request, or queues it when a transaction is open. */
export function execute(session: Session, name: Buffer, args: readonly Buffer[]): Reply {
  const { transaction } = session
  const lowerName = name.toString('latin1').toLowerCase()
  const command = commands.get(lowerName)
  const refusal = command ? arityError(command, lowerName, args.length + 1) : unknownCommand(name, args)
  if (!command || refusal !== null) {
    if (transaction) transaction.isRefused = true
    return { error: refusal ?? '' }
  }
  if (transaction && !immediate.has(lowerName)) {
    transaction.queue.push({ command, args: [...args] })
    return 'QUEUED'
  }
  return answer(session, command, args)
}

/** In Redis' words, which quote at most 128 characters. */
function unknownCommand(name: Buffer, args: readonly Buffer[]): string {
  let quoted = ''
  for (const arg of args) {
    if (quoted.length >= 128) break
    quoted += `'${arg.toString('latin1', 0, 128 - quoted.length)}' `
  }
  return `ERR unknown command '${name.toString('latin1', 0, 128)}', with args beginning with: ${quoted}`
}
