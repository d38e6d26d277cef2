import type { Condition } from './condition.ts'

/**
 * What a project tells the editor of itself, so that a misspelt service, condition or interaction is red before anything
 * runs. Every name is taken where nothing is told.
 *
 * @example
 * declare module 'brownout' {
 *   interface Register {
 *     system: typeof import('./brownout.config.ts').default
 *     contracts: typeof import('./contracts/browser--storefront.contract.ts').default
 *   }
 * }
 */
// eslint-disable-next-line typescript/no-empty-object-type
export interface Register {}

export type ServiceName = Register extends { system: { services: infer Services } } ? keyof Services & string : string

/** `'auth → redis'`, or `->`. */
export type EdgeName = `${ServiceName} ${'→' | '->'} ${ServiceName}`

/** A key of `degraded`: `'redis: unavailable'`, `'auth → redis: slow'`, `'redis: *'`. */
export type ConditionText = `${ServiceName | EdgeName}: ${Condition | '*'}`

/** `'browser → storefront / read an article'` */
export type InteractionName = Register extends { contracts: infer Contracts } ? NameIn<Contracts> : string

type NameIn<Contracts> = Contracts extends {
  consumer: infer Consumer
  provider: infer Provider
  interactions: infer All
}
  ? `${Consumer & string} → ${Provider & string} / ${keyof All & string}`
  : never
