import type { Child } from '../core/child.ts'
import { formatMs } from '../core/duration.ts'
import type { ProcessIdentity } from '../core/process-identity.ts'
import { whyUnwritable } from '../core/unwritable.ts'
import type { Part, ScenarioRecord } from '../record/record.ts'
import { lastLines } from '../system/log-lines.ts'
import { levels, type PlannedInstance, type Topology } from '../system/resolve.ts'
import { startInstance, waitUntilReady } from '../system/start.ts'
import type { EngineContext, Engines } from './engines.ts'
import type { Session } from './session.ts'
import { endPatienceMs } from './settle.ts'

type Death = ScenarioRecord['deaths'][number]

/** The instances of the system while they live. */
export class LiveServices {
  readonly parts: Part[] = []
  /** Instances that ended though nobody asked them to, since the last `takeDeaths`. */
  #deaths: Death[] = []
  #stopping = false
  onDeath: (instance: string) => void = () => undefined
  readonly #children = new Map<string, Child>()
  readonly #asked = new WeakSet<Child>()
  readonly #starting = new Set<Promise<void>>()
  readonly #topology: Topology
  readonly #engines: Engines
  readonly #context: EngineContext
  readonly #session: Session

  constructor(topology: Topology, engines: Engines, context: EngineContext, session: Session) {
    this.#topology = topology
    this.#engines = engines
    this.#context = context
    this.#session = session
  }

  /** Starts all instances, providers before their consumers, each level at once; resolves when all are ready. */
  async start(): Promise<void> {
    this.#session.scope.hold('services', () => this.#stop())
    for (const level of levels(this.#topology)) {
      if (this.#session.over) return
      await Promise.all(level.map((instance) => this.#startOne(instance)))
    }
  }

  /** SIGKILL; resolves when the exit was seen. */
  async kill(id: string): Promise<void> {
    const child = this.#childOf(id)
    this.#asked.add(child)
    child.signal('SIGKILL')
    await child.exited
  }

  /** Starts a killed instance again on its port; resolves when it is ready. */
  async startAgain(id: string): Promise<void> {
    await this.kill(id)
    await this.#startOne(this.#topology.instances.find((instance) => instance.id === id) as PlannedInstance)
  }

  /**
   * One after the other: SIGTERM, SIGKILL when that does not help in time, start. Resolves when the last is ready, or when
   * the run is over.
   */
  async restart(ids: readonly string[], note: (step: string) => void): Promise<void> {
    for (const id of ids) {
      const child = this.#childOf(id)
      this.#asked.add(child)
      const { signal } = await child.stop(endPatienceMs)
      if (signal === 'SIGKILL') note(`${id} did not end within ${formatMs(endPatienceMs)} and was killed`)
      note(`${id} ended`)
      if (this.#session.over || this.#stopping) return
      await this.startAgain(id)
      note(`${id} is ready`)
      if (this.#session.over) return
    }
  }

  /** The process of an instance as it is now. */
  identityOf(id: string): ProcessIdentity {
    return this.#childOf(id).identity
  }

  takeDeaths(): Death[] {
    const deaths = this.#deaths
    this.#deaths = []
    return deaths
  }

  #startOne(instance: PlannedInstance): Promise<void> {
    const started = this.#startAndWait(instance)
    const settled = started.catch(() => undefined)
    this.#starting.add(settled)
    void settled.then(() => this.#starting.delete(settled))
    return started
  }

  async #startAndWait(instance: PlannedInstance): Promise<void> {
    const log = this.#context.log(instance.id)
    const child = await this.#launch(instance, log)
    this.#children.set(instance.id, child)
    if (this.#stopping) return void (await child.stop(0))
    this.#session.ledger.write({ type: 'process', name: instance.id, identity: child.identity })
    await waitUntilReady(instance, child, this.#session.clock, { log, signal: this.#session.signal })
    void child.exited.then((exit) => {
      if (this.#asked.has(child)) return
      const at = this.#session.clock.now()
      const lastWords = lastLines(log, 10)
      // Its own log may be what it died of: that is our disk, and no finding.
      const full = whyUnwritable(log)
      if (full) return this.#session.fail(full)
      this.onDeath(instance.id)
      this.#deaths.push({ instance: instance.id, at, exit: exit.signal ?? `exit code ${exit.code}`, lastWords })
    })
  }

  async #launch(instance: PlannedInstance, log: string): Promise<Child> {
    if (instance.kind === 'program') return startInstance(instance, { log })
    const { process, part } = await this.#engines.startRedis(instance, this.#context)
    if (!this.parts.some(({ role }) => role === part.role)) this.parts.push(part)
    return process
  }

  async #stop(): Promise<void> {
    this.#stopping = true
    const children = [...this.#children.values()]
    for (const child of children) this.#asked.add(child)
    await Promise.all(children.map((child) => child.stop(2_000)))
    // What is just being started sees that it is too late, and ends.
    await Promise.all(this.#starting)
  }

  #childOf(id: string): Child {
    const child = this.#children.get(id)
    if (!child) throw new Error(`instance "${id}" was never started`)
    return child
  }
}
