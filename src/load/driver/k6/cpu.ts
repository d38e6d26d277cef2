import { readFileSync } from 'node:fs'

/** Linux counts CPU time in hundredths of a second for whoever reads it. */
const tickMs = 10

/**
 * CPU time that a tool, and this process which reads what it tells, have used since `begin`. Of a process that has ended
 * nobody can tell any more: it counts as when it was last looked at.
 */
export class CpuUse {
  readonly #pid: number
  #before: { tool: number; own: NodeJS.CpuUsage }
  #tool = 0

  constructor(pid: number) {
    this.#pid = pid
    this.#before = this.#now()
  }

  begin(): void {
    this.#before = this.#now()
  }

  look(): void {
    this.#tool = cpuMsOf(this.#pid) ?? this.#tool
  }

  /** Milliseconds, those of the tool in steps of 10. */
  get ms(): number {
    this.look()
    const { user, system } = process.cpuUsage(this.#before.own)
    return this.#tool - this.#before.tool + (user + system) / 1_000
  }

  #now() {
    this.look()
    return { tool: this.#tool, own: process.cpuUsage() }
  }
}

/** CPU time a process has used, ms, in steps of 10; `null` when it is gone, or where there is no /proc. */
function cpuMsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold anything; fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tickMs
  } catch {
    return null
  }
}
