import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { signalGroup } from './process-identity.ts'
import { settled } from './within.ts'

/** More than any tool says of itself; one that goes on and on is not read to its end. */
const enough = 64 * 1024

export interface AskOptions {
  limitMs?: number
  /** Added to our own environment, or all that it has. */
  env?: Readonly<Record<string, string>>
  onlyEnv?: boolean
  /** So many characters of what it says when it fails go into the error. */
  words?: number
}

/**
 * What a tool prints on standard output when asked something short, such as its version. Rejects when it cannot be run,
 * fails, or takes longer than `limitMs`. It and all it started are gone when this settles, also when it heeds no signal.
 */
export async function askTool(file: string, args: readonly string[], options: AskOptions = {}): Promise<string> {
  const { limitMs = 5_000, env, onlyEnv = false, words: mostWords = 200 } = options
  const started = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: onlyEnv ? { ...env } : { ...process.env, ...env },
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    started[name].setEncoding('utf8').on('data', (chunk: string) => {
      if (said[name].length < enough) said[name] += chunk
    })
  try {
    // Not its exit: what it said may come after that. What it leaves running would keep the pipes open.
    const ended = await settled(limitMs, once(started, 'close') as Promise<[number | null, string | null]>)
    if (ended === null) throw new Error(`it did not answer in ${limitMs} ms`)
    const [code, signal] = ended
    if (code === 0) return said.stdout
    const words = said.stderr.trim().slice(0, mostWords)
    throw new Error(`it ended with ${signal ?? `exit code ${code}`}${words ? `: ${words}` : ''}`)
  } finally {
    if (started.pid !== undefined) signalGroup(started.pid, 'SIGKILL')
    started.stdout.destroy()
    started.stderr.destroy()
  }
}
