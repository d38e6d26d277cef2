import { type Check, doubtful, wrong } from '../report.ts'
import { parsePattern } from './parse-pattern.ts'
import { isZone } from './zone.ts'

export const usualFormats = {
  date: 'yyyy-MM-dd',
  time: 'HH:mm:ss',
  datetime: "yyyy-MM-dd'T'HH:mm:ssXXX",
} as const

/** Whether a text is a date or a time in a pattern of Java. A pattern that is none can be met by nothing. */
export function looksLike({
  match,
  format,
}: {
  match: keyof typeof usualFormats
  format: string | null
}): Check<string> {
  const written = format === null || format === '' ? usualFormats[match] : format
  const regex = parsePattern(written)
  if (regex === undefined) {
    return (_, report) => doubtful(report, `cannot be checked: "${written}" is no pattern of a ${match}`)
  }
  const isLike = regex.source.includes('(?<zone>') ? withZone(regex) : (text: string) => regex.test(text)
  return (actual, report) => isLike(actual) || wrong(report, `is no ${match} like "${written}"`)
}

function withZone(regex: RegExp): (text: string) => boolean {
  return (text) => {
    const zone = regex.exec(text)?.groups?.['zone']
    return zone !== undefined && isZone(zone)
  }
}
