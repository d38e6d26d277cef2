import { serveProgram } from '../core/program.ts'
import { startToxiproxy } from './server.ts'

serveProgram<{ host: string; port: number; seed: number }>(async (options) => {
  const { host, port, close } = await startToxiproxy(options)
  return { info: { host, port }, onGone: close }
})
