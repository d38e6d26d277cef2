import type { MessageDefinition } from '../../contract/define.ts'
import type { Problem } from '../../core/errors.ts'
import type { MessageInteraction } from '../model.ts'
import { Gaps, type GapSettings } from './gaps.ts'
import { inOrder } from './in-order.ts'
import { saySchema } from './schema/say.ts'

export interface MessagesToEmit {
  settings: GapSettings
  messages: Readonly<Record<string, MessageDefinition>>
}

export function emitMessages({ settings, messages }: MessagesToEmit): {
  interactions: MessageInteraction[]
  problems: Problem[]
} {
  const gaps = new Gaps(settings)
  const interactions = Object.entries(messages).map(
    ([name, { given, contents, metadata = {} }]): MessageInteraction => {
      const before = gaps.omitted.length
      const said = saySchema(contents, gaps.at('messages', name, 'contents'))
      const omits = gaps.omitted.slice(before)
      return {
        kind: 'message',
        description: name,
        states: given === undefined ? [] : [{ name: given, params: {} }],
        pending: false,
        comments: omits.length === 0 ? {} : { brownout: { omits } },
        message: {
          contents: { kind: 'json', value: said?.shown ?? null, contentType: 'application/json' },
          metadata,
          rules: { metadata: [], contents: inOrder(said?.rules ?? []) },
          generators: {},
        },
      }
    },
  )
  return { interactions, problems: gaps.problems }
}
