import { dirname } from 'node:path'
import { askTool } from '../core/ask-tool.ts'
import { startCommand, startProgram } from '../core/child.ts'
import { findExecutable } from '../core/executable.ts'
import { checkPort } from '../system/start.ts'
import type { Engines } from '../run/engines.ts'

/** The machine's `redis-server`, keeping nothing on disk; where there is none, the stand-in, and the report says so. */
export const startRedis: Engines['startRedis'] = async (instance, { log }) => {
  const { id, host, port } = instance
  await checkPort(instance)
  const server = findExecutable('redis-server')
  if (server === null) {
    const process = await startProgram(
      id,
      new URL('../redis/main.ts', import.meta.url),
      { host, port },
      { log: log(id) },
    )
    const note = 'no redis-server on this machine; a stand-in of Brownout took its place (apt-get install redis-server)'
    return { process, part: { role: id, name: 'Redis stand-in', version: 'of Brownout', note } }
  }
  const folder = dirname(log(id))
  const version = /v=(\S+)/.exec(await askTool(server, ['--version']))?.[1] ?? 'unknown'
  const command = [server, '--bind', host, '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder]
  const env = { PATH: globalThis.process.env['PATH'] ?? '' }
  const process = await startCommand({ name: id, command, cwd: folder, env, log: log(id) })
  return { process, part: { role: id, name: 'redis-server', version } }
}
