import { basename } from 'node:path'
import { type LogWriter, logWriters } from '../core/log-writers.ts'
import { isAlive, signalProcess } from '../core/process-identity.ts'
import type { Trace } from './remnant.ts'

/** A process that no ledger knows, and that still writes to the log of a run which is over: a service let go of it. */
export interface Stray extends LogWriter {
  run: string
}

/** Files below a home: `runs/20261121-084837-x7k2/logs/auth.log`. */
const logOfRun = /^(?:runs|up)\/([^/]+)\/logs\//

/** Who writes to the log of a run of this home, live or not. */
export function runWriters(home: string): Stray[] {
  return logWriters(home).flatMap((writer) => {
    const run = logOfRun.exec(writer.file)?.[1]
    return run === undefined || writer.identity.pid === process.pid ? [] : [{ ...writer, run }]
  })
}

/** Waits for the watchers of runs that are over: they may be letting go of everything this very moment. */
export async function letWatchersFinish(writers: readonly Stray[], limitMs: number): Promise<void> {
  const atWork = () => writers.some((each) => basename(each.file) === 'watcher.log' && isAlive(each.identity))
  await comesTrue(() => !atWork(), limitMs)
}

export function strayTrace({ identity, run, file, command }: Stray): Trace {
  const what = `process ${identity.pid} (${command.slice(0, 60)})`
  return {
    look: () =>
      Promise.resolve(
        isAlive(identity) ? [{ kind: 'process', run, what, seen: `it runs, and writes to ${file}` }] : [],
      ),
    async remove() {
      for (const signal of ['SIGCONT', 'SIGTERM'] as const) signalProcess(identity, signal)
      if (await comesTrue(() => !isAlive(identity), 1_000)) return new Map()
      signalProcess(identity, 'SIGKILL')
      const isGone = await comesTrue(() => !isAlive(identity), 1_000)
      return new Map(isGone ? [] : [[what, 'it does not end']])
    },
  }
}

async function comesTrue(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (let waited = 0; waited < limitMs && !condition(); waited += 50) await new Promise((r) => setTimeout(r, 50))
  return condition()
}
