const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = 'January February March April May June July August September October November December'.split(' ')

/** A letter of a Java pattern, written so many times; in UTC. */
const fields: Readonly<Record<string, (at: Date, count: number) => string>> = {
  y: (at, count) => (count === 2 ? String(at.getUTCFullYear()).slice(-2) : padded(at.getUTCFullYear(), count)),
  u: (at, count) => padded(at.getUTCFullYear(), count),
  M: (at, count) => (count > 2 ? named(months, at.getUTCMonth(), count) : padded(at.getUTCMonth() + 1, count)),
  d: (at, count) => padded(at.getUTCDate(), count),
  E: (at, count) => named(days, at.getUTCDay(), count),
  a: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM'),
  H: (at, count) => padded(at.getUTCHours(), count),
  h: (at, count) => padded(at.getUTCHours() % 12 || 12, count),
  m: (at, count) => padded(at.getUTCMinutes(), count),
  s: (at, count) => padded(at.getUTCSeconds(), count),
  S: (at, count) => padded(at.getUTCMilliseconds(), 3).padEnd(count, '0').slice(0, count),
  X: () => 'Z',
  x: (_, count) => ['+00', '+0000', '+00:00'][count - 1] ?? '+00:00',
  Z: (_, count) => (count < 4 ? '+0000' : count === 4 ? 'GMT' : 'Z'),
  z: () => 'UTC',
}

/** A moment by a pattern of Java's SimpleDateFormat; `undefined` when a letter in it is none of those above. */
export function formatDate(at: Date, format: string): string | undefined {
  let text = ''
  for (const [whole, letter, quoted] of format.matchAll(/([A-Za-z])\1*|'((?:[^']|'')*)'|[^A-Za-z']+/g)) {
    const field = letter === undefined ? undefined : fields[letter]
    if (letter !== undefined && !field) return undefined
    text += field ? field(at, whole.length) : quoted === undefined ? whole : quoted.replaceAll("''", "'") || "'"
  }
  return text
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}

function named(names: readonly string[], index: number, count: number): string {
  const name = names[index] ?? ''
  return count < 4 ? name.slice(0, 3) : name
}
