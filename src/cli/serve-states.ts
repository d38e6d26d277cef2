import { compileContracts } from '../contract/compile.ts'
import type { InteractionTerms, Terms } from '../contract/terms.ts'
import { seededRandom } from '../core/random.ts'
import { bringUpSystem } from '../run/live-system.ts'
import type { PlannedInteraction } from '../run/plan.ts'
import type { Prepared } from '../run/prepare.ts'
import { fillRows } from '../run/workload.ts'
import { ProviderStates } from '../verify/states/provider-states.ts'
import { becomeWhole } from '../verify/states/recovered.ts'
import { type StateChange, serveStates } from '../verify/states/server.ts'
import { exitWith } from './exit.ts'
import type { StatesOptions } from './pact-states.ts'
import { print } from './print.ts'
import { type Standing, stayUp } from './stay-up.ts'

export function provideStates(options: StatesOptions): Promise<void> {
  const { port, json = false } = options
  return exitWith(() =>
    stayUp(options, {
      proxied: true,
      roles: ['proxies', 'redis'],
      async start(standing) {
        const { session, prepared } = standing
        const states = await statesOf(standing)
        session.scope.hold('provider states', () => states.close())
        const server = await serveStates(states, { port, onChange: tell(json) })
        session.scope.hold('state server', () => server[Symbol.asyncDispose]())
        return describe(server.url, prepared, json)
      },
    }),
  )
}

/** Starts the system, and knows its states. */
async function statesOf({ prepared, engines, session, store, onStuck }: Standing): Promise<ProviderStates> {
  const { plan, apiPort, doorOf, valuesOf, files } = prepared
  const system = files.system.definition
  const log = (name: string) => store.log(name)
  const { faults, enterState } = await bringUpSystem({ plan, system, engines, session, apiPort, doorOf, log })
  const { checker } = compileContracts(files.contracts.map(({ file, definition }) => ({ file, contract: definition })))
  const { interactions } = plan.terms
  const fill = (some: readonly InteractionTerms[]) =>
    fillRows(
      some.map((one) => targetOf(one, prepared)),
      valuesOf,
      enterState,
    )
  return new ProviderStates({
    topology: plan.topology,
    faults,
    random: seededRandom(plan.seed, 'states'),
    wantedMs: (provider) => wantedMs(plan.terms, provider),
    known: Object.keys(system.states ?? {}),
    enterState,
    onStuck,
    recovered: (held) => becomeWhole(held, { interactions, checker, session, fill }),
  })
}

/** The longest deadline of what is asked of a provider; 0 when there is none. */
function wantedMs({ interactions }: Terms, provider: string): number {
  return Math.max(0, ...interactions.map((one) => (one.provider === provider ? (one.withinMs ?? 0) : 0)))
}

function targetOf({ id, key, given, provider }: InteractionTerms, { doorOf, requestOf }: Prepared): PlannedInteraction {
  return { id, key, given, weight: 1, base: doorOf(provider), request: requestOf(key) }
}

function tell(quiet: boolean): (change: StateChange, trouble: string | null) => void {
  return ({ action, name }, trouble) => {
    if (quiet || (name === '' && trouble === null)) return
    print(`  ${action.padEnd(9)}${name}${trouble === null ? '' : `: ${trouble}`}\n`)
  }
}

/** Where stock tools find the states, and each provider. */
function describe(url: string, { plan, doorOf, files }: Prepared, json: boolean): string {
  const providers = [...new Set(files.contracts.map(({ definition }) => definition.provider))].toSorted()
  const doors = Object.fromEntries(providers.map((provider) => [provider, doorOf(provider)]))
  if (json) return `${JSON.stringify({ states: url, providers: doors })}\n`
  return [
    `${plan.topology.name} is up; provider states at ${url} (POST action, state, params); Ctrl-C ends it`,
    ...providers.map((provider) => `  ${provider.padEnd(16)}${doors[provider]}`),
    '',
  ].join('\n')
}
