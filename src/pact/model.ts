import type { Json } from '../contract/define.ts'
import type { PathStep } from './path.ts'

/**
 * What a pact says, whichever version of the format it was written in (V1, V1.1, V2, V3, V4): plain data that JSON can
 * hold. Two pacts that say the same are deeply equal.
 */
export interface Pact {
  readonly consumer: string
  readonly provider: string
  readonly interactions: readonly PactInteraction[]
}

export type PactInteraction = HttpInteraction | MessageInteraction | SynchronousMessageInteraction

interface Described {
  readonly description: string
  readonly states: readonly ProviderState[]
  /** Stock tools do not fail a verification because of it. */
  readonly pending: boolean
  /** Free words; Brownout's own stand under `brownout`. */
  readonly comments: Readonly<Record<string, Json>>
}

export interface ProviderState {
  readonly name: string
  readonly params: Readonly<Record<string, Json>>
}

export interface HttpInteraction extends Described {
  readonly kind: 'http'
  readonly request: PactRequest
  readonly response: PactResponse
}

/** The consumer of a message is its receiver. */
export interface MessageInteraction extends Described {
  readonly kind: 'message'
  readonly message: PactMessage
}

export interface SynchronousMessageInteraction extends Described {
  readonly kind: 'synchronous message'
  readonly request: PactMessage
  readonly responses: readonly PactMessage[]
}

/** Header names are in lower case; a header with several values has one entry for each. */
export type PactHeaders = Readonly<Record<string, readonly string[]>>

export interface PactRequest {
  /** In capitals. */
  readonly method: string
  readonly path: string
  /** Decoded. A parameter without `=` has the value `null`. */
  readonly query: Readonly<Record<string, readonly (string | null)[]>>
  readonly headers: PactHeaders
  readonly body: PactBody
  readonly rules: RequestRules
  readonly generators: Generators
}

export interface PactResponse {
  readonly status: number
  readonly headers: PactHeaders
  readonly body: PactBody
  readonly rules: ResponseRules
  readonly generators: Generators
}

export interface PactMessage {
  readonly contents: PactBody
  readonly metadata: Readonly<Record<string, Json>>
  readonly rules: MessageRules
  readonly generators: Generators
}

/**
 * `absent`: nothing is said of the body. `empty`: there must be none. `contentType` is what the pact states beside the
 * body, `null` when it states none (then a content-type header, or the body itself, tells).
 */
export type PactBody =
  | { readonly kind: 'absent' | 'empty' }
  | { readonly kind: 'json'; readonly value: Json; readonly contentType: string | null }
  | { readonly kind: 'text'; readonly text: string; readonly contentType: string | null }
  | { readonly kind: 'binary'; readonly base64: string; readonly contentType: string | null }

export interface ResponseRules {
  readonly status: MatcherSet | null
  /** The first step is the header's name in lower case, a second one the index of a value. */
  readonly headers: readonly Rule[]
  readonly body: readonly Rule[]
}

export interface RequestRules {
  readonly path: MatcherSet | null
  /** The first step is the parameter's name, a second one the index of a value. */
  readonly query: readonly Rule[]
  readonly headers: readonly Rule[]
  readonly body: readonly Rule[]
}

export interface MessageRules {
  readonly metadata: readonly Rule[]
  readonly contents: readonly Rule[]
}

export interface MatcherSet {
  readonly combine: 'AND' | 'OR'
  readonly matchers: readonly Matcher[]
}

/** What is demanded at a place, and below it where no rule of its own stands. */
export interface Rule extends MatcherSet {
  /** From the root, which has no step of its own. */
  readonly path: readonly PathStep[]
}

export type Matcher =
  | { readonly match: 'equality' | 'integer' | 'decimal' | 'number' | 'boolean' | 'null' | 'notEmpty' | 'semver' }
  | { readonly match: 'type'; readonly min?: number; readonly max?: number }
  | { readonly match: 'regex'; readonly regex: string }
  | { readonly match: 'include'; readonly value: string }
  /** A pattern of Java's SimpleDateFormat; `null`: the default one of its kind. */
  | { readonly match: 'date' | 'time' | 'datetime'; readonly format: string | null }
  | { readonly match: 'contentType'; readonly value: string }
  | { readonly match: 'statusCode'; readonly status: StatusClass | readonly number[] }
  /** The values of a map, whatever its keys are. */
  | { readonly match: 'values' }
  | { readonly match: 'eachKey' | 'eachValue'; readonly rules: readonly Matcher[] }
  | { readonly match: 'arrayContains'; readonly variants: readonly ArrayVariant[] }
  /** Of a plugin, or of a later version: nobody can say whether it is met. */
  | { readonly match: 'unknown'; readonly name: string }

export type StatusClass = 'info' | 'success' | 'redirect' | 'clientError' | 'serverError' | 'nonError' | 'error'

/** One element of the example, with rules whose root is that element. */
export interface ArrayVariant {
  readonly index: number
  readonly rules: readonly Rule[]
}

/** By category (`path`, `query`, `header`, `body`, `metadata`) and path as it was written: carried, not interpreted. */
export type Generators = Readonly<Record<string, Readonly<Record<string, Json>>>>
