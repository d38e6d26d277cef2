import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { exitCodes } from '../core/errors.ts'
import type { ProcessIdentity } from '../core/process-identity.ts'
import { unwritable } from '../core/unwritable.ts'

/** How to undo a fault without the runner: all the watcher, or a later run, needs to know. */
export type LedgerUndo = ToxiproxyUndo | ResumeUndo

export interface ToxiproxyUndo {
  /** Base address of the Toxiproxy API. */
  api: string
  proxy: { name: string; listen: string; upstream: string }
  /** The toxic to remove; `null`: the proxy was disabled and is to be enabled. */
  toxic: string | null
  /** So long a real Toxiproxy may answer no call about the proxy, ms: a reset in it waits for its time. None when absent. */
  waitsMs?: number
}

export interface ResumeUndo {
  /** A process that stands still, with all of its group. */
  resume: ProcessIdentity
}

/** Proxies of the run on a server that has others too. */
export interface OwnProxies {
  /** Base address of the Toxiproxy API. */
  api: string
  names: string[]
}

export type LedgerLine =
  | { type: 'run'; run: string; runner: ProcessIdentity; at: number }
  /** A process that must not outlive the run. */
  | { type: 'process'; name: string; identity: ProcessIdentity }
  /** Written before the fault is injected. Past `expiresAt` (ms on the run's clock) the watcher undoes it. */
  | { type: 'fault'; id: string; text: string; undo: LedgerUndo[]; expiresAt: number }
  | { type: 'undone'; id: string }
  /** Written before the proxies are made on a server that outlives the run. */
  | ({ type: 'proxies' } & OwnProxies)

/** What a run holds that would hurt if it were forgotten: a fault is written before it is injected, a process as it starts. */
export class Ledger {
  readonly file: string
  readonly #handle: number

  constructor(file: string) {
    this.file = file
    try {
      mkdirSync(dirname(file), { recursive: true })
      this.#handle = openSync(file, 'a')
    } catch (error) {
      throw unwritable(file, error, exitCodes.usage)
    }
  }

  /** On disk (in the page cache, which survives the death of this process) when it returns; throws when there is no room. */
  write(line: LedgerLine): void {
    // The line before may have been cut short by a full disk: each begins on its own.
    const bytes = Buffer.from(`\n${JSON.stringify(line)}\n`)
    try {
      if (writeSync(this.#handle, bytes) < bytes.byteLength) throw new Error('no space left on device')
    } catch (error) {
      throw unwritable(this.file, error, line.type === 'run' ? exitCodes.usage : exitCodes.inconclusive)
    }
  }

  /** Everything is undone: nothing is left to remember. */
  close(): void {
    closeSync(this.#handle)
    rmSync(this.file, { force: true })
  }
}

/** What a ledger says is still held. */
export interface Holdings {
  run: string | null
  runner: ProcessIdentity | null
  processes: { name: string; identity: ProcessIdentity }[]
  faults: { id: string; text: string; undo: LedgerUndo[]; expiresAt: number }[]
  proxies: OwnProxies[]
}

/** The proxy servers that the run itself started: they take their faults with them. */
export function ownServers({ processes }: Pick<Holdings, 'processes'>): ProcessIdentity[] {
  return processes.filter(({ name }) => name === 'toxiproxy').map(({ identity }) => identity)
}

/** Reads a ledger; a line that was cut short, or is none of ours, is passed over. */
export function readLedger(file: string): Holdings {
  const holdings: Holdings = { run: null, runner: null, processes: [], faults: [], proxies: [] }
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const line = parse(text)
    if (!line) continue
    if (line.type === 'run') Object.assign(holdings, { run: line.run, runner: line.runner })
    else if (line.type === 'process') holdings.processes.push(line)
    else if (line.type === 'fault') holdings.faults.push(line)
    else if (line.type === 'proxies') holdings.proxies.push(line)
    else holdings.faults = holdings.faults.filter((fault) => fault.id !== line.id)
  }
  return holdings
}

/** Whether what a line is read for is there: a file that was edited by hand must not keep the next run from beginning. */
const isWhole: { [Type in LedgerLine['type']]: (line: Extract<LedgerLine, { type: Type }>) => boolean } = {
  run: ({ runner }) => isIdentity(runner),
  process: ({ identity }) => isIdentity(identity),
  fault: ({ undo }) =>
    undo.every((way) => ('resume' in way ? isIdentity(way.resume) : typeof way.proxy.name === 'string')),
  undone: ({ id }) => typeof id === 'string',
  proxies: ({ api, names }) => [api, ...names].every((text) => typeof text === 'string'),
}

const isIdentity = ({ pid }: ProcessIdentity) => Number.isInteger(pid)

function parse(text: string): LedgerLine | undefined {
  try {
    const line = JSON.parse(text) as LedgerLine
    return isWhole[line.type](line as never) ? line : undefined
  } catch {
    return undefined
  }
}
