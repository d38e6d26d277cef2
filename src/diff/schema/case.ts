import type { JsonSchema } from '../../contract/wire-schema.ts'

export type Schema = JsonSchema | boolean
/** A schema as a part of another one, where our type of them has no room for `true` and `false`. */
export function plain(schema: Schema): JsonSchema {
  if (typeof schema !== 'boolean') return schema
  return schema ? {} : { not: {} }
}

export type Scalar = string | number | boolean | null

/** Keywords of ours: code that narrows what a schema accepts and cannot be looked into, told apart by its text. */
export const code = 'x-code'
/** What is accepted cannot be seen at all; the text alone tells it from others. */
export const hidden = 'x-hidden'

interface Narrowed {
  /** What narrows the case and cannot be looked into: the text of each such thing. */
  readonly code: readonly string[]
}

export interface ValueCase extends Narrowed {
  readonly kind: 'value'
  readonly value: Scalar
}

export interface NumberCase extends Narrowed {
  readonly kind: 'number'
  readonly integer: boolean
  readonly least: number
  /** Whether `least` itself is left out. */
  readonly above: boolean
  readonly most: number
  readonly below: boolean
}

export interface TextCase extends Narrowed {
  readonly kind: 'text'
  readonly min: number
  readonly max: number
  readonly patterns: readonly string[]
  readonly formats: readonly string[]
}

export interface ListCase extends Narrowed {
  readonly kind: 'list'
  readonly first: readonly Schema[]
  /** Of all elements behind `first`. */
  readonly rest: Schema
  readonly min: number
  readonly max: number
}

export interface ObjectCase extends Narrowed {
  readonly kind: 'object'
  readonly fields: ReadonlyMap<string, Schema>
  /** Of all fields that are not among `fields`. */
  readonly rest: Schema
  readonly required: ReadonlySet<string>
  readonly names: readonly Schema[]
}

export interface HiddenCase extends Narrowed {
  readonly kind: 'hidden'
  readonly text: string
}

/** Values of one kind. What a schema accepts is the union of its cases, and each is as plain as can be. */
export type Case = ValueCase | NumberCase | TextCase | ListCase | ObjectCase | HiddenCase

/** A schema with all that its references lead to. */
export interface Document {
  cases(schema: Schema): readonly Case[]
  /** What a schema that is nothing but a reference leads to; any other is itself. */
  follow(schema: Schema): Schema
}

/** Whether a schema says at first sight that it accepts nothing. */
export function isNever(schema: Schema): boolean {
  if (typeof schema === 'boolean') return !schema
  const { not } = schema
  return not === true || (typeof not === 'object' && not !== null && Object.keys(not).length === 0)
}

export function fieldOf({ fields, rest }: ObjectCase, name: string): Schema {
  return fields.get(name) ?? rest
}

export function elementOf({ first, rest }: ListCase, index: number): Schema {
  return first[index] ?? rest
}
