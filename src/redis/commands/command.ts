import { type Reply, ReplyError } from '../reply.ts'
import type { Session } from '../session.ts'

/** One command. `run` gets the arguments behind the name, as many as `arity` lets through. */
export interface Command {
  /** As Redis counts, the name included; a negative number is a least number. */
  arity: number
  run(session: Session, ...args: Buffer[]): Reply
}

/** Commands by their lower-case name. */
export type Commands = Record<string, Command>

/** Redis' words for a wrong number of arguments, or `null`. `count` includes the name. */
export function arityError({ arity }: Command, name: string, count: number): string | null {
  const fits = arity < 0 ? count >= -arity : count === arity
  return fits ? null : wrongArity(name)
}

export function wrongArity(name: string): string {
  return `ERR wrong number of arguments for '${name}' command`
}

/** What the command answers; a refusal is an answer too. */
export function answer(session: Session, command: Command, args: readonly Buffer[]): Reply {
  try {
    return command.run(session, ...args)
  } catch (error) {
    if (error instanceof ReplyError) return { error: error.message }
    throw error
  }
}
