/** Whether `actual` has the same main value, and at least the parameters of `expected`, whose case says nothing. */
export function isSameParameterised(expected: string, actual: string): boolean {
  const [wanted = '', ...wantedParameters] = partsOf(expected)
  const [value = '', ...parameters] = partsOf(actual)
  const has = new Map(parameters.flatMap(parameter))
  return (
    wanted === value &&
    wantedParameters.flatMap(parameter).every(([name, text]) => has.get(name)?.toLowerCase() === text.toLowerCase())
  )
}

function partsOf(value: string): string[] {
  return value
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function parameter(part: string): [name: string, value: string][] {
  const at = part.indexOf('=')
  return at === -1 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()]]
}
