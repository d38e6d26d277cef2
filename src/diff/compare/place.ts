import { formatPath, type PathStep } from '../../pact/path.ts'

/** Parts of a demand that hold values by name; what else is nested is a path. */
const named: Readonly<Record<string, string>> = { headers: 'header', query: 'query', metadata: 'metadata' }

/** `body $.price.amount`, `header retry-after`, `query limit`, `status`. */
export function placeOf(path: readonly PathStep[]): string {
  const [part, name, ...rest] = path
  if (part === undefined) return ''
  const first = nameOf(part)
  const label = named[first]
  if (label !== undefined && name !== undefined) return `${label} ${nameOf(name)}${formatPath(rest).slice(1)}`
  if (label !== undefined) return label
  const hasPath = first === 'body' || first === 'contents'
  return hasPath ? `${first} ${formatPath(path.slice(1))}` : `${first}${formatPath(path.slice(1)).slice(1)}`
}

function nameOf(step: PathStep): string {
  if (typeof step === 'string') return step
  return 'field' in step ? step.field : String(step.index)
}
