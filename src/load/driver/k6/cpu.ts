import { statOf } from '../../../core/proc.ts'

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
    this.#tool = statOf(this.#pid)?.cpuMs ?? this.#tool
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
