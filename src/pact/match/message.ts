import type { Json } from '../../contract/define.ts'
import type { PactMessage } from '../model.ts'
import { bodyCheck } from './body/body.ts'
import { compileValue } from './json/value.ts'
import type { Matching } from './mismatch.ts'
import { isSameParameterised } from './parameterised.ts'
import { matchingOf, part } from './part.ts'
import { type Check, Report, wrong } from './report.ts'
import { Rules } from './rules.ts'

/** A message as it came. Its metadata are what JSON can say. */
export interface ActualMessage {
  readonly contents: string | Uint8Array | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What a message of a pact promises: metadata and keys beyond it may come too. */
export function messageMatching(message: PactMessage): Matching<ActualMessage> {
  const { contents, metadata, rules } = message
  return matchingOf<ActualMessage>([
    metadataCheck(metadata, Rules.of(rules.metadata)),
    part(
      'body $',
      (actual) => ({ body: actual.contents, contentType: contentTypeIn(actual.metadata) }),
      bodyCheck({
        body: contents,
        rules: rules.contents,
        contentType: contentTypeIn(metadata),
        typeRule: null,
        strict: false,
      }),
    ),
  ])
}

function metadataCheck(expected: PactMessage['metadata'], rules: Rules): Check<ActualMessage> {
  const wanted = Object.entries(expected).map(([name, value]) => ({
    name,
    check: valueCheck(name, value, rules.at(name)),
  }))
  return ({ metadata }, report) => {
    let fine = true
    for (const { name, check } of wanted) {
      const place = report && new Report(`metadata ${name}`, report.found)
      if (Object.hasOwn(metadata, name) ? check(metadata[name], place) : wrong(place, 'is missing')) continue
      if (report === null) return false
      fine = false
    }
    return fine
  }
}

function valueCheck(name: string, expected: Json, { chosen }: Rules): Check {
  if (chosen !== null || !isContentType(name) || typeof expected !== 'string') return compileValue(expected, chosen)
  return (actual, report) =>
    (typeof actual === 'string' && isSameParameterised(expected, actual)) || wrong(report, `wanted "${expected}"`)
}

function contentTypeIn(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const value = Object.entries(metadata).find(([name]) => isContentType(name))?.[1]
  return typeof value === 'string' ? value : undefined
}

function isContentType(name: string): boolean {
  return /^content-?type$/i.test(name)
}
