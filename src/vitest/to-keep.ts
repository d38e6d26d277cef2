import type { Answer } from '../contract/answer.ts'
import type { Contract } from '../contract/define.ts'
import { isRecord } from '../contract/place.ts'
import { keep, type KeepOptions } from './keep.ts'

interface Outcome {
  pass: boolean
  message(): string
}

/** The matcher itself. A `Response` of fetch is read to its end, so its outcome is to be awaited. */
export function toKeep(
  received: unknown,
  contract: Contract,
  interaction: string,
  options: KeepOptions = {},
): Outcome | Promise<Outcome> {
  const judge = (answer: Answer): Outcome => {
    const { pass, half, issues } = keep(answer, contract, interaction, options)
    const asked = `"${interaction}"${options.under === undefined ? '' : ` under "${options.under}"`}`
    const wanted = `the answer ${pass ? 'keeps' : 'does not keep'} ${asked} (${half})`
    const got = `status ${answer.status}: ${answer.body.slice(0, mostShown)}`
    return { pass, message: () => [wanted, ...issues.map((issue) => `  ${issue}`), `  got ${got}`].join('\n') }
  }
  if (received instanceof Response) return answerOf(received).then(judge)
  if (isAnswer(received)) return judge(received)
  throw new TypeError('toKeep wants a Response of fetch, or { status, headers, body }')
}

const mostShown = 500

async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    // The test may read it, too.
    body: await response.clone().text(),
  }
}

function isAnswer(value: unknown): value is Answer {
  return (
    isRecord(value) &&
    typeof value['status'] === 'number' &&
    isRecord(value['headers']) &&
    typeof value['body'] === 'string'
  )
}
