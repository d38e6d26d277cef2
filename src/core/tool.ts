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
 * Starts a tool in the process group of the program that calls: whoever ends that program, or finds it dead, ends the
 * group, and so the tool does not outlive it (`startProgram` does so). Rejects when it cannot be started at all.
 */
export async function startTool({ file, args, cwd, env, onError }: ToolOptions): Promise<Tool> {
  const started = spawn(file, args, { cwd, env, stdio: ['ignore', 'inherit', 'pipe'] })
  await once(started, 'spawn')
  started.stderr.on('data', onError)
  const exited = new Promise<Exit>((resolve) => {
    started.once('close', (code, signal) => resolve({ code, signal }))
  })
  return { pid: started.pid as number, exited, signal: (signal) => void started.kill(signal) }
}
