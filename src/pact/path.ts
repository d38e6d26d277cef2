/** A step into a value: a field, an element, any field (`*`) or any element (`[*]`). */
export type PathStep = { readonly field: string } | { readonly index: number } | '*' | '[*]'

const plainName = /^[A-Za-z_][\w-]*$/

/**
 * Reads a path expression of a pact: `$.a[0].b`, `$['odd key'].*`, `$.list[*]`, `a.b` (without a root). Returns `undefined`
 * when it is none.
 */
export function parsePath(text: string): PathStep[] | undefined {
  const steps: PathStep[] = []
  const rest = text.startsWith('$') ? text.slice(1) : `.${text}`
  const token = /\.\*|\.([^.[\]*'"]+)|\[\*\]|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y
  while (token.lastIndex < rest.length) {
    const match = token.exec(rest)
    if (!match) return undefined
    const [whole, name, index, single, double] = match
    const quoted = single ?? double
    if (name !== undefined) steps.push({ field: name })
    else if (index !== undefined) steps.push({ index: Number(index) })
    else if (quoted !== undefined) steps.push({ field: quoted.replaceAll(/\\(['"\\])/g, '$1') })
    else steps.push(whole === '.*' ? '*' : '[*]')
  }
  return steps
}

/** The expression of a path: `$.a[0]['odd key'][*]`. */
export function formatPath(steps: readonly PathStep[]): string {
  return `$${steps.map(formatStep).join('')}`
}

function formatStep(step: PathStep): string {
  if (step === '*') return '.*'
  if (step === '[*]') return step
  if ('index' in step) return `[${step.index}]`
  return plainName.test(step.field) ? `.${step.field}` : `['${step.field.replaceAll(/['\\]/g, String.raw`\$&`)}']`
}
