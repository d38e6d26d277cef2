import { expect, onTestFinished } from 'vitest'
import { emitPacts } from '../../src/pact/emit/emit-contracts.ts'
import type { Pact } from '../../src/pact/model.ts'
import { loadFiles } from '../../src/run/load-files.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, heldProcesses } from './brownout.ts'

/** `brownout pact states` on a system, ended with the test. */
export async function states(...args: string[]) {
  const home = await temporaryFolder()
  const running = brownout(['pact', 'states', '--json', '--home', home.path, ...args])
  onTestFinished(async () => {
    const held = heldProcesses(home.path)
    process.kill(running.pid, 'SIGINT')
    expect(await running.exited).toEqual({ code: 0, signal: null })
    expectNothingLeft(home.path, held)
    await home[Symbol.asyncDispose]()
  })
  await running.saw('"states"')
  const addresses = JSON.parse(running.output()) as { states: string; providers: Record<string, string> }
  const change = async (action: string, state: string, params = {}) => {
    const response = await fetch(addresses.states, { method: 'POST', body: JSON.stringify({ action, state, params }) })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  return { ...addresses, change, url: (provider: string) => addresses.providers[provider] ?? '' }
}

/** What the contracts beside a config emit. */
export async function pactsOf(config: string | undefined): Promise<Pact[]> {
  const { contracts } = await loadFiles(config, process.cwd())
  const emitted = emitPacts(contracts.map(({ file, definition }) => ({ file, contract: definition })))
  expect(emitted.flatMap(({ problems }) => problems)).toEqual([])
  return emitted.map(({ pact }) => pact)
}
