import type { FaultTools } from './fault-tools.ts'
import { isInjected } from './grips/grip-of.ts'
import { HeldFault } from './hold.ts'
import type { PlannedFault } from './plan.ts'
import type { FaultRecord } from './record.ts'

/** All faults of a scenario that are injected, held together. Nothing here rejects: trouble is in the records. */
export class HeldFaults {
  readonly all: readonly HeldFault[]

  /** `records` has one for each of `planned`. */
  constructor(planned: readonly PlannedFault[], records: readonly FaultRecord[], tools: FaultTools) {
    this.all = planned.flatMap((each, index) => {
      const record = records[index]
      return record && isInjected(each) ? [new HeldFault(each, record, tools)] : []
    })
  }

  find(id: string): HeldFault | undefined {
    return this.all.find(({ record }) => record.id === id)
  }

  /** Lets go of everything and, unless the system is about to end, verifies it. Calling it again waits, and does no more. */
  async undoAll(options: { systemEnds: boolean }): Promise<void> {
    await this.letGoAll(options)
    if (!options.systemEnds) await this.verify()
  }

  /**
   * Last first. What faults on edges took away comes back one by one; instances are started in that order, too, but awaited
   * in the end, since they may need all of it to be ready.
   */
  async letGoAll(options: { systemEnds: boolean }): Promise<void> {
    const returning: Promise<void>[] = []
    for (const fault of this.all.toReversed()) {
      const gone = fault.letGo(options)
      if (fault.endsInstances) returning.push(gone)
      else await gone
    }
    await Promise.all(returning)
  }

  /** Verifies what was let go of, as far as no other fault holds its edges. */
  async verify(): Promise<void> {
    await Promise.all(this.all.map((fault) => fault.verify(() => this.#isFree(fault))))
  }

  #isFree(fault: HeldFault): boolean {
    const { edges } = fault.record
    const others = this.all.filter((other) => other !== fault && other.isHeld)
    return !others.some(({ record }) => record.edges.some((edge) => edges.includes(edge)))
  }
}
