import { dirname } from 'node:path'
import { startCommand } from '../core/child.ts'
import { startProgram } from '../core/start-program.ts'
import type { Engines } from '../run/engines.ts'
import { checkPort } from '../system/start.ts'
import { howToMend } from './parts/how-to-install.ts'
import { inspectPart, type ReadyPart, readyOf } from './parts/inspect.ts'

type StartRedis = Engines['startRedis']

/** A `redis-server` of the machine, keeping nothing on disk. */
export function redisServer({ file, version }: ReadyPart): StartRedis {
  return async (instance, { log }) => {
    const { id, host, port } = instance
    await checkPort(instance)
    const folder = dirname(log(id))
    const keepNothing = ['--save', '', '--appendonly', 'no', '--dir', folder]
    const command = [file, '--bind', host, '--port', String(port), ...keepNothing]
    const env = { PATH: globalThis.process.env['PATH'] ?? '' }
    const process = await startCommand({ name: id, command, cwd: folder, env, log: log(id) })
    return { process, part: { role: id, name: 'redis-server', version } }
  }
}

/** Brownout's own stand-in; `note` is what the report says of it. */
export function redisStandIn(note: string): StartRedis {
  return async (instance, { log }) => {
    const { id, host, port } = instance
    await checkPort(instance)
    const module = new URL('../redis/main.ts', import.meta.url)
    const process = await startProgram(id, module, { host, port }, { log: log(id) })
    return { process, part: { role: id, name: 'Redis stand-in', version: 'of Brownout', note } }
  }
}

/** The machine's `redis-server`; where there is none that can be used, the stand-in, and the report says so. */
export const anyRedis: StartRedis = async (instance, context) => {
  const part = await inspectPart('redis-server')
  const there = readyOf(part)
  if (there !== null) return redisServer(there)(instance, context)
  const why = part.found === null ? 'no redis-server on this machine' : part.trouble
  return redisStandIn(`${why}; a stand-in of Brownout took its place (${howToMend(part)})`)(instance, context)
}
