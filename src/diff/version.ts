import type { InteractionTerms } from '../contract/terms.ts'
import type { Schema } from './schema/case.ts'

/** What somebody demands of a request, an answer or a message: an object with a field for each of its parts. */
export interface Demand {
  schema: Schema
  /** As it is written: it differs, too, where wording or an example does. */
  text: string
}

/** One version of an interaction, whether a contract or a pact says it. */
export interface InteractionVersion {
  /** What it is from, and where. */
  source: Source
  /** Its stances point into `halves` by their bit. */
  terms: InteractionTerms
  /** The provider states in which it happens, in words. */
  states: string
  request: Demand
  /** The normal half, then the degraded ones. */
  halves: Demand[]
  /** `null` where the format has no word for it. */
  recoversMs: number | null
}

export interface MessageVersion {
  source: Source
  key: string
  consumer: string
  provider: string
  name: string
  states: string
  /** What the provider must be sent first; `null` when it speaks unasked. */
  asked: Demand | null
  sent: Demand
}

export interface Source {
  kind: 'contract' | 'pact'
  file: string
}

/** All that one side of a comparison says. */
export interface Version {
  interactions: InteractionVersion[]
  messages: MessageVersion[]
}
