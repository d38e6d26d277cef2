import type { Problem } from '../../core/errors.ts'
import type { Pact, PactBody, PactInteraction, PactMessage } from '../model.ts'
import { messageMatching } from './message.ts'
import type { Mismatch } from './mismatch.ts'
import { requestMatching } from './request.ts'
import { responseMatching } from './response.ts'

/** Where the examples of a pact break its own rules, or nobody can say whether they do: as notes, each with its place. */
export function brokenExamples({ interactions }: Pact, file: string): Problem[] {
  return interactions.flatMap((interaction, index) =>
    mismatchesIn(interaction).map(({ part, place, message, uncheckable }) => ({
      file,
      path: ['interactions', String(index), part, place],
      message: uncheckable ? `cannot be checked: ${message}` : `the example breaks its own rule: ${message}`,
    })),
  )
}

function mismatchesIn(interaction: PactInteraction): (Mismatch & { part: string })[] {
  const of = (part: string, found: readonly Mismatch[]) => found.map((mismatch) => ({ ...mismatch, part }))
  switch (interaction.kind) {
    case 'http': {
      const { request, response } = interaction
      return [
        ...of('request', requestMatching(request).mismatches({ ...request, body: bodyText(request.body) })),
        ...of('response', responseMatching(response).mismatches({ ...response, body: bodyText(response.body) })),
      ]
    }
    case 'message':
      return of('message', ofMessage(interaction.message))
    case 'synchronous message':
      return [
        ...of('request', ofMessage(interaction.request)),
        ...interaction.responses.flatMap((one) => of('response', ofMessage(one))),
      ]
  }
}

function ofMessage(message: PactMessage): Mismatch[] {
  return messageMatching(message).mismatches({ contents: bodyText(message.contents), metadata: message.metadata })
}

function bodyText(body: PactBody): string | Uint8Array | null {
  if (body.kind === 'json') return JSON.stringify(body.value)
  if (body.kind === 'text') return body.text
  return body.kind === 'binary' ? Buffer.from(body.base64, 'base64') : null
}
