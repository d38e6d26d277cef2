import { isRecord } from '../contract/place.ts'

/** What a reader knows already, or has no use for in one request. */
const known = new Set(['level', 'time', 'timestamp', 'pid', 'hostname', 'service', 'instance', 'requestId', 'traceId'])

/** A line of a log for people: `'no answer · status: 503'` of one in JSON, its message first; any other as it is. */
export function logText(line: string): string {
  const fields = fieldsOf(line)
  if (fields === null) return line
  const { msg, message = msg, ...others } = fields
  const said = Object.entries(others)
    .filter(([key]) => key !== 'msg' && !known.has(key))
    .map(([key, value]) => `${key}: ${valueText(value)}`)
  return [...(message === undefined ? [] : [valueText(message)]), ...said].join(' · ')
}

function fieldsOf(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line)
    return isRecord(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** Of an error its message: the stack is in the log. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return value
  if (isRecord(value) && typeof value['message'] === 'string') return value['message']
  return JSON.stringify(value)
}
