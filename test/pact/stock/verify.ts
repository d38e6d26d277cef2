import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pact } from '../../../src/pact/model.ts'
import { writePact } from '../../../src/pact/write/write-pact.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

export interface StockVerification {
  pact: Pact
  /** Where the provider is. */
  url: string
  /** Where provider states are set up. */
  states: string
  /** What the provider sends, by the description of the message. */
  messages?: Record<string, unknown>
}

export interface StockResult {
  /** Descriptions of the interactions that were found right. */
  right: string[]
  wrong: string[]
  /** What it printed. */
  output: string
}

/** The Rust verifier of `@pact-foundation/pact` on a pact of ours. */
export async function verifyWithStock(asked: StockVerification): Promise<StockResult> {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'pact.json')
  writeFileSync(file, writePact(asked.pact))
  const options = {
    provider: asked.pact.provider,
    providerBaseUrl: asked.url,
    pactUrls: [file],
    providerStatesSetupUrl: asked.states,
    messages: asked.messages ?? {},
  }
  const child = fork(join(import.meta.dirname, 'verify-main.ts'), [JSON.stringify(options)], {
    silent: true,
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true', NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  let results: { description: string; result: string }[] = []
  child.on('message', (message) => (results = message as typeof results))
  await once(child, 'close')
  if (results.length === 0) throw new Error(`the stock verifier told nothing:\n${output}`)
  const those = (is: (result: string) => boolean) =>
    results.filter(({ result }) => is(result)).map(({ description }) => description)
  return { right: those((result) => result === 'OK'), wrong: those((result) => result !== 'OK'), output }
}
