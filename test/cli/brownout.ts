import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { isAlive, type ProcessIdentity } from '../../src/core/process-identity.ts'
import type { LedgerLine } from '../../src/fault/ledger.ts'
import type { RunRecord } from '../../src/record/record.ts'
import type { Report } from '../../src/report/report.ts'

const bin = join(import.meta.dirname, '../../bin/brownout.js')
export const tiny = join(import.meta.dirname, '../fixtures/tiny/brownout.config.ts')

/** The real command line, as a process of its own. */
export interface Running {
  pid: number
  /** Standard output and error together, so far. */
  output(): string
  /** Resolves when `text` was printed. */
  saw(text: string): Promise<void>
  exited: Promise<{ code: number | null; signal: string | null }>
}

/** `under`: a command that runs the one which follows it. */
export function brownout(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; under?: readonly string[] } = {},
): Running {
  const [file = '', ...rest] = [...(options.under ?? []), process.execPath, bin, ...args]
  const started = spawn(file, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd ? { cwd: options.cwd } : {}),
    env: { ...process.env, NO_COLOR: '1', GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '', ...options.env },
  })
  let text = ''
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return {
    pid: started.pid as number,
    output: () => text,
    saw: (wanted) => expect.poll(() => text, { timeout: 40_000, interval: 20 }).toContain(wanted),
    exited: new Promise((resolve) => started.once('close', (code, signal) => resolve({ code, signal }))),
  }
}

/** A gate on the tiny system, to its end. */
export async function gateTiny(home: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const running = brownout(['gate', '--config', tiny, '--home', home, '--seed', '7', ...args])
  const { code } = await running.exited
  return { code, output: running.output() }
}

/** Folder of the one run below `home`. */
export function runFolder(home: string): string {
  const runs = readdirSync(join(home, 'runs'))
  expect(runs).toHaveLength(1)
  return join(home, 'runs', runs[0] as string)
}

export function recordOf(home: string): RunRecord {
  return JSON.parse(readFileSync(join(runFolder(home), 'run.json'), 'utf8')) as RunRecord
}

export function reportOf(home: string): Report {
  return JSON.parse(readFileSync(join(runFolder(home), 'report.json'), 'utf8')) as Report
}

/** Processes that the ledger of a live run holds. */
export function heldProcesses(home: string): ProcessIdentity[] {
  return readdirSync(join(home, 'ledgers'))
    .flatMap((file) => readFileSync(join(home, 'ledgers', file), 'utf8').split('\n'))
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LedgerLine)
    .flatMap((line) => (line.type === 'process' ? [line.identity] : []))
}

/** No ledger is left and none of the processes, and with them no port. */
export function expectNothingLeft(home: string, processes: readonly ProcessIdentity[] = []): void {
  expect(existsSync(join(home, 'ledgers')) ? readdirSync(join(home, 'ledgers')) : []).toEqual([])
  expect(processes.filter(isAlive)).toEqual([])
}
