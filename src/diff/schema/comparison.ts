import type { PathStep } from '../../pact/path.ts'
import type { Document, Schema } from './case.ts'

/** Something that one schema accepts and another may not. */
export interface Excess {
  path: readonly PathStep[]
  /** `be null`, `have other fields`; why it cannot be told where that is not sure. */
  what: string
  isSure: boolean
}

/** A place in two schemas while they are compared: `inner` is to accept nothing that `outer` does not. */
export interface Here {
  readonly path: readonly PathStep[]
  readonly inner: Document
  readonly outer: Document
  /** Compares what stands further down. */
  below(inner: Schema, outer: Schema, ...steps: PathStep[]): Excess[]
}

export function sure({ path }: Pick<Here, 'path'>, what: string): Excess {
  return { path, what, isSure: true }
}

export function doubt({ path }: Pick<Here, 'path'>, why: string): Excess {
  return { path, what: why, isSure: false }
}
