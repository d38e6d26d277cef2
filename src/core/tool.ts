import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Exit } from './child.ts'

export interface ToolOptions {
  file: string
  args: readonly string[]
  cwd: string
  /** All of its environment. */
  env: Readonly<Record<string, string>>
  /** What it writes to its standard error, as it comes. Until this returns no more is read. */
  onError(chunk: Buffer): void
}

/** A tool that works for one of our programs and whose standard error is read; it shares that program's standard output. */
export interface Tool {
  readonly pid: number
  /** When it has ended and all that it wrote has been read. */
  readonly exited: Promise<Exit>
  signal(signal: NodeJS.Signals): void
}

/**
 * Starts a tool that does not outlive the program that calls. It is ended as that program exits. And it is in its process
 * group, which whoever started the program ends when it was killed (`startProgram` does). Rejects when it cannot be
 * started at all.
 */
export async function startTool({ file, args, cwd, env, onError }: ToolOptions): Promise<Tool> {
  const started = spawn(file, args, { cwd, env, stdio: ['ignore', 'inherit', 'pipe'] })
  await once(started, 'spawn')
  started.stderr.on('data', onError)
  const end = () => void started.kill('SIGKILL')
  process.once('exit', end)
  const exited = new Promise<Exit>((resolve) => {
    started.once('close', (code, signal) => {
      process.off('exit', end)
      resolve({ code, signal })
    })
  })
  return { pid: started.pid as number, exited, signal: (signal) => void started.kill(signal) }
}
