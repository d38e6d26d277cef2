import type { Case } from './case.ts'

/** A case in words: `null`, `"new"`, `a whole number`. */
export function nameOf(one: Case): string {
  switch (one.kind) {
    case 'value':
      return JSON.stringify(one.value)
    case 'number':
      return one.integer ? 'a whole number' : 'a number'
    case 'text':
      return 'a text'
    case 'list':
      return 'a list'
    case 'object':
      return 'an object'
    case 'hidden':
      return 'what cannot be seen'
  }
}

const mostShown = 4

/** `a text`, or `a text other than "new" and "paid"` where single ones are accepted. */
export function otherThan(one: Case, others: readonly Case[]): string {
  const type = one.kind === 'number' ? 'number' : one.kind === 'text' ? 'string' : undefined
  const values = others.flatMap((other) =>
    other.kind === 'value' && typeof other.value === type ? [nameOf(other)] : [],
  )
  return values.length === 0 ? nameOf(one) : `${nameOf(one)} other than ${listOf(values, 'and')}`
}

/** `a, b or c`; of a long list the first ones. */
export function listOf(texts: readonly string[], word: 'and' | 'or'): string {
  const more = texts.length - mostShown
  if (more > 1) return `${texts.slice(0, mostShown).join(', ')} ${word} ${more} others`
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1) ?? ''}`
}

/** A pattern that stands for a path with places in it is shown as such: `/articles/{…}`. */
export function showPattern(pattern: string): string {
  const inner = /^\^(\/.*)\$$/.exec(pattern)?.[1]?.replaceAll('[^/?#]+', '{…}')
  const path = inner?.replaceAll(/\\([./-])/g, '$1')
  return path !== undefined && !/[\\^$*+?()[\]|]/.test(path) ? path : `/${pattern}/`
}

/** Whether the cases are those of a schema that says nothing. */
export function isAnything(cases: readonly Case[]): boolean {
  const free = cases.filter(isFree)
  const values = free.flatMap((one) => (one.kind === 'value' ? [one.value] : []))
  const kinds = new Set(free.map(({ kind }) => kind))
  const hasAll = ['number', 'text', 'list', 'object'].every((kind) => kinds.has(kind as Case['kind']))
  return hasAll && [null, true, false].every((value) => values.includes(value))
}

function isFree(one: Case): boolean {
  if (one.code.length > 0) return false
  switch (one.kind) {
    case 'value':
      return true
    case 'number':
      return !one.integer && one.least === -Infinity && one.most === Infinity
    case 'text':
      return one.min === 0 && one.max === Infinity && one.patterns.length === 0 && one.formats.length === 0
    case 'list':
      return one.first.length === 0 && isTrue(one.rest) && one.min === 0 && one.max === Infinity
    case 'object':
      return one.fields.size === 0 && isTrue(one.rest) && one.required.size === 0 && one.names.length === 0
    case 'hidden':
      return false
  }
}

function isTrue(schema: object | boolean): boolean {
  return schema === true || (typeof schema === 'object' && Object.keys(schema).length === 0)
}
