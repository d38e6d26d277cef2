import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Duration } from '../core/duration.ts'
import type { ConditionText } from './register.ts'
import type { Half, Stance } from './stance.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Values for the `{name}` places of a request. */
export type Row = Readonly<Record<string, string | number | boolean>>

/** A request in which `{name}` stands for a parameter, in the path, the query, a header or any string of the body. */
export interface RequestTemplate {
  method: string
  path: string
  query?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  body?: Json
}

export interface InteractionDefinition<Line extends string = string> {
  /** The provider state; known to the system by this name. Its handler may yield values for the request. */
  given?: string
  request: RequestTemplate
  /** An example for each parameter of the request that no provider state yields. */
  parameters?: Row
  /** Rows that fill the parameters under load, one after the other; the examples alone when absent. */
  rows?: readonly Row[]
  /** The normal half; status 200 unless said otherwise. */
  response: Half
  /** What still holds when a dependency is broken: `'comments: unavailable': reduced({ … })`. */
  degraded?: { readonly [Each in Line]?: Stance }
  /** How long after a fault is undone a degraded half may still be kept; not at all unless said otherwise. */
  recovers?: Duration
}

/** A message that the consumer receives and the provider sends. */
export interface MessageDefinition {
  /** The provider state in which it is sent. */
  given?: string
  /** Zod 4 or any Standard Schema of the decoded JSON. */
  contents: StandardSchemaV1
  metadata?: Readonly<Record<string, string>>
}

/** What contracts can demand and no pact can say. */
export const beyondPact = [
  'closed objects',
  'optional fields',
  'number bounds',
  'patterns',
  'empty lists',
  'alternatives',
  'recursion',
  'refinements',
  'transforms',
] as const
export type BeyondPact = (typeof beyondPact)[number]

/** The names that stand in a contract, for the editor. */
export interface Names {
  consumer: string
  provider: string
  interaction: string
  /** A key of `degraded`. */
  line: string
}

export interface ContractDefinition<Its extends Names = Names> {
  consumer: Its['consumer']
  provider: Its['provider']
  /** The stance on every condition that no line of an interaction speaks of. */
  otherwise?: Stance
  interactions?: { readonly [Each in Its['interaction']]: InteractionDefinition<Its['line']> }
  messages?: Readonly<Record<string, MessageDefinition>>
  /** What the pact of this contract may leave out, and says that it does; all else that no pact can say is an error. */
  pact?: { readonly mayOmit: readonly BeyondPact[] }
}

export interface Contract<Its extends Names = Names> extends Readonly<ContractDefinition<Its>> {
  readonly kind: 'contract'
  readonly interactions: { readonly [Each in Its['interaction']]: InteractionDefinition<Its['line']> }
}

/**
 * What a consumer relies on, in fair weather and foul. Returns plain frozen data; mistakes in it are reported, all at
 * once and with their place, when a command reads the file.
 *
 * @example
 * export default defineContract({
 *   consumer: 'browser',
 *   provider: 'storefront',
 *   interactions: {
 *     'read an article': {
 *       request: { method: 'GET', path: '/articles/{id}' },
 *       parameters: { id: 1 },
 *       response: { body: Article },
 *       degraded: { 'comments: unavailable': reduced({ body: ArticleWithoutComments, within: '500ms' }) },
 *     },
 *   },
 * })
 */
export function defineContract<
  const Consumer extends string,
  const Provider extends string,
  const Interaction extends string = never,
  const Line extends ConditionText = ConditionText,
>(
  definition: ContractDefinition<{ consumer: Consumer; provider: Provider; interaction: Interaction; line: Line }>,
): Contract<{ consumer: Consumer; provider: Provider; interaction: Interaction; line: Line }> {
  const none = {} as Record<Interaction, InteractionDefinition<Line>>
  return Object.freeze({ kind: 'contract', ...definition, interactions: definition.interactions ?? none })
}
