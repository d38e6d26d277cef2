import { setTimeout as delay } from 'node:timers/promises'
import type { Exit } from '../../../core/child.ts'
import { messageOf } from '../../../core/errors.ts'
import { request } from '../../../core/http.ts'
import { freePorts } from '../../../core/ports.ts'
import { startTool, type Tool } from '../../../core/tool.ts'
import { CpuUse } from './cpu.ts'
import { exitText } from './exit.ts'
import { LastWords } from './last-words.ts'
import { Lines } from './lines.ts'

/** A script with all that k6 must be told for it. */
export interface K6Command {
  script: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
}

export interface K6Place {
  /** The k6 binary. */
  file: string
  /** Where it runs and finds its order, and its home: it finds no settings of the user's there. */
  folder: string
}

export interface K6Setting extends K6Place {
  /** Lines that begin with it are for `onTold`; all others are k6's own words, and go to this program's log. */
  token: string
  /** Gets such a line without the token. */
  onTold(line: string): void
}

/** k6's exit code for an API address that it could not listen on. */
const cannotListen = 106
const portTries = 3
/** k6's status of a test whose VUs are ready and which waits to be released. */
const pausedBeforeRun = 4
const pollMs = 20

/** A k6 that has read its script and has all its VUs ready: it waits until it is released. */
export class K6Process {
  readonly exited: Promise<Exit>
  /** Its own and this process's. */
  readonly cpu: CpuUse
  readonly #tool: Tool
  readonly #api: string
  readonly #words: LastWords
  #hasExited = false

  private constructor(tool: Tool, api: string, words: LastWords) {
    this.#tool = tool
    this.cpu = new CpuUse(tool.pid)
    this.#api = api
    this.#words = words
    this.exited = tool.exited.finally(() => (this.#hasExited = true))
  }

  /** Rejects with k6's last words when it ends before it is ready. A port that somebody else took first is given up for another. */
  static async start(command: K6Command, setting: K6Setting): Promise<K6Process> {
    for (let tries = 1; ; tries += 1) {
      const [port = 0] = await freePorts(1)
      const address = `127.0.0.1:${port}`
      const k6 = await K6Process.#launch(command, setting, address)
      const exit = await k6.#untilReady()
      if (exit === null) return k6
      if (exit.code !== cannotListen) throw new Error(`k6 ended before it was ready (${k6.describe(exit)})`)
      if (tries === portTries)
        throw new Error(
          `k6 could not listen for its API on ${portTries} ports, ${address} the last (${k6.describe(exit)})`,
        )
    }
  }

  static async #launch({ script, args, env }: K6Command, setting: K6Setting, address: string): Promise<K6Process> {
    const { file, folder, token, onTold } = setting
    const words = new LastWords()
    const lines = new Lines((line) => {
      if (line.startsWith(token)) return onTold(line.slice(token.length))
      // k6 says so, and no more, of each request without an answer: we are told of them anyway.
      if (line === 'Request Failed') return
      words.push(line)
      process.stderr.write(`${line}\n`)
    })
    try {
      const tool = await startTool({
        file,
        args: ['run', '--paused', '--address', address, '--log-format=raw', '--quiet', ...args, script],
        cwd: folder,
        env: {
          HOME: folder,
          XDG_CONFIG_HOME: folder,
          K6_NO_USAGE_REPORT: 'true',
          K6_AUTO_EXTENSION_RESOLUTION: 'false',
          ...env,
        },
        onError: (chunk) => lines.push(chunk),
      })
      return new K6Process(tool, `http://${address}/v1/status`, words)
    } catch (error) {
      throw new Error(`k6 could not be started: ${messageOf(error)}`, { cause: error })
    }
  }

  /** Lets the test begin. Rejects when k6 does not answer. */
  async release(): Promise<void> {
    const body = { data: { type: 'status', id: 'default', attributes: { paused: false } } }
    const { status, text } = await request('PATCH', this.#api, { body, limitMs: 5_000 })
    if (status !== 200) throw new Error(`k6 did not begin: its API answered ${status} ${text}`)
  }

  signal(signal: NodeJS.Signals): void {
    this.#tool.signal(signal)
  }

  /** How it ended, and what it said last. */
  describe(exit: Exit): string {
    return `${exitText(exit)}; its last words: ${this.#words.text}`
  }

  /** `null` when it is ready; how it ended when it did before. */
  async #untilReady(): Promise<Exit | null> {
    while (!this.#hasExited) {
      const status = await this.#status().catch(() => null)
      if (status === pausedBeforeRun) return null
      await delay(pollMs)
    }
    return this.exited
  }

  async #status(): Promise<number> {
    const { text } = await request('GET', this.#api, { limitMs: 1_000 })
    return (JSON.parse(text) as { data: { attributes: { status: number } } }).data.attributes.status
  }
}
