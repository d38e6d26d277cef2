import { serveProgram } from '../core/program.ts'
import { startRedisStandIn } from './server.ts'

/** The stand-in as a program of its own: `{ host, port }` → info `{ host, port, version: 'stand-in' }`. */
serveProgram<{ host: string; port: number }>(async (options) => {
  const { host, port } = await startRedisStandIn(options)
  return { info: { host, port, version: 'stand-in' } }
})
