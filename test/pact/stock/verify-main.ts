import { Verifier } from '@pact-foundation/pact'

/** A program of its own: the stock verifier prints as it goes, from native code. Tells its parent how it ended. */
const { messages, ...options } = JSON.parse(process.argv[2] ?? '{}') as {
  provider: string
  providerBaseUrl: string
  pactUrls: string[]
  providerStatesSetupUrl: string
  messages: Record<string, unknown>
}

const messageProviders = Object.fromEntries(Object.entries(messages).map(([name, content]) => [name, () => content]))

interface Result {
  interactionResults?: { description: string; result: string }[]
}

/** It resolves with a text of JSON, and rejects with an error whose message is one. */
async function verify(): Promise<Result> {
  try {
    const verifier = new Verifier({
      ...options,
      ...(Object.keys(messages).length > 0 ? { messageProviders } : {}),
      providerStatesSetupTeardown: true,
      failIfNoPactsFound: true,
      logLevel: 'error',
    })
    return JSON.parse(await verifier.verifyProvider()) as Result
  } catch (error) {
    const { message } = error as Error
    return message.startsWith('{') ? (JSON.parse(message) as Result) : Promise.reject(error)
  }
}

const { interactionResults = [] } = await verify()
process.send?.(interactionResults.map(({ description, result }) => ({ description, result })))
