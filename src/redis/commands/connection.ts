import { type Reply, ReplyError } from '../reply.ts'
import type { Session } from '../session.ts'
import { integer, keyword, syntaxError } from './arguments.ts'
import { type Commands, arityError, wrongArity } from './command.ts'
import { redisVersion } from './server.ts'

export const connectionCommands: Commands = {
  ping: {
    arity: -1,
    run(_, message, ...more) {
      if (more.length > 0) throw new ReplyError(wrongArity('ping'))
      return message ?? 'PONG'
    },
  },
  echo: { arity: 2, run: (_, message) => message },
  auth: {
    arity: -2,
    run(_, ...credentials) {
      if (credentials.length > 2) throw syntaxError()
      authenticate(credentials)
      return 'OK'
    },
  },
  select: {
    arity: 2,
    run(session, index) {
      const db = session.shared.databases[Number(integer(index))]
      if (!db) throw new ReplyError('ERR DB index is out of range')
      session.db = db
      return 'OK'
    },
  },
  quit: {
    arity: -1,
    run(session) {
      session.isEnding = true
      return 'OK'
    },
  },
  hello: { arity: -1, run: hello },
  client: {
    arity: -2,
    run(session, subcommand, ...args) {
      const name = keyword(subcommand).toLowerCase()
      const command = Object.hasOwn(clientCommands, name) ? clientCommands[name] : undefined
      if (!command) {
        throw new ReplyError(
          `ERR unknown subcommand '${subcommand.toString('latin1').slice(0, 128)}'. Try CLIENT HELP.`,
        )
      }
      const wrong = arityError(command, `client|${name}`, args.length + 2)
      if (wrong !== null) throw new ReplyError(wrong)
      return command.run(session, ...args)
    },
  },
}

/** What stands behind CLIENT; the subcommand counts too. */
const clientCommands: Commands = {
  id: { arity: 2, run: ({ id }) => id },
  getname: { arity: 2, run: ({ name }) => (name === '' ? null : Buffer.from(name, 'latin1')) },
  setname: {
    arity: 3,
    run(session, name) {
      rename(session, name)
      return 'OK'
    },
  },
  // Of Redis 7.2, and what every client sends first; nothing here asks for it again.
  setinfo: { arity: 4, run: () => 'OK' },
}

function hello(session: Session, version?: Buffer, ...options: Buffer[]): Reply {
  const protocol = version ? protocolOf(version) : session.protocol
  for (let index = 0; index < options.length; index++) {
    const [option, first, second] = options.slice(index) as [Buffer, Buffer?, Buffer?]
    if (keyword(option) === 'AUTH' && first && second) {
      authenticate([first, second])
      index += 2
    } else if (keyword(option) === 'SETNAME' && first) {
      rename(session, first)
      index += 1
    } else throw new ReplyError(`ERR Syntax error in HELLO option '${option.toString('latin1')}'`)
  }
  session.protocol = protocol
  const text = (words: string) => Buffer.from(words)
  return {
    map: [
      [text('server'), text('redis')],
      [text('version'), text(redisVersion)],
      [text('proto'), protocol],
      [text('id'), session.id],
      [text('mode'), text('standalone')],
      [text('role'), text('master')],
      [text('modules'), []],
    ],
  }
}

function protocolOf(version: Buffer): 2 | 3 {
  const number = version.toString('latin1')
  if (!/^-?\d{1,18}$/.test(number)) throw new ReplyError('ERR Protocol version is not an integer or out of range')
  if (number !== '2' && number !== '3') throw new ReplyError('NOPROTO unsupported protocol version')
  return number === '2' ? 2 : 3
}

/** Nobody needs a password here; the answers are those of a Redis without one. */
function authenticate(credentials: readonly Buffer[]): void {
  const [user, password] = credentials
  if (password === undefined) {
    throw new ReplyError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    )
  }
  if (String(user) !== 'default') {
    throw new ReplyError('WRONGPASS invalid username-password pair or user is disabled.')
  }
}

function rename(session: Session, name: Buffer): void {
  const text = name.toString('latin1')
  if (!/^[!-~]*$/.test(text)) {
    throw new ReplyError('ERR Client names cannot contain spaces, newlines or special characters.')
  }
  session.name = text
}
