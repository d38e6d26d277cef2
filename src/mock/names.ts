import type { Condition } from '../contract/condition.ts'

/** Names of a contract's interactions, where its type tells them; of a pact, any text. */
export type InteractionName<Source> = Source extends { readonly interactions: infer All }
  ? All extends readonly unknown[]
    ? string
    : TextKey<All>
  : string

/**
 * Every condition of what a contract's lines name, since `otherwise` may speak of all of them; any text where the type does
 * not tell.
 */
export type ConditionName<Source> = Source extends { readonly interactions: infer All }
  ? All extends readonly unknown[]
    ? string
    : AnyConditionAt<LineOf<All[keyof All]>>
  : string

type TextKey<Value> = string extends keyof Value ? string : keyof Value & string

type LineOf<Interaction> = Interaction extends { readonly degraded?: infer Lines } ? TextKey<NonNullable<Lines>> : never

type AnyConditionAt<Line extends string> = Line extends `${infer Where}: ${Condition | '*'}`
  ? `${Where}: ${Condition}`
  : Line
