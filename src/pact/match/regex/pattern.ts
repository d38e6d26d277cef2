import { type Check, doubtful, wrong } from '../report.ts'
import { type Translation, translate } from './translate.ts'
import { Watch } from './watch.ts'

/**
 * Whether a regular expression matches a text, all of it, as in the reference and in Java: what may stand before or behind
 * must be in the pattern. Of one that JavaScript cannot run, or not in good time, nobody can say.
 */
export function pattern(foreign: string): Check<string> {
  const compiled = compile(foreign)
  const shown = foreign.length > 100 ? `${foreign.slice(0, 100)}…` : foreign
  if ('flaw' in compiled) {
    const message = `cannot be checked: JavaScript cannot run /${shown}/, since ${compiled.flaw}`
    return (_, report) => doubtful(report, message)
  }
  const { regex, translation } = compiled
  const quick = quickLength(translation)
  const watch = new Watch(regex)
  return (actual, report) => {
    const matches = actual.length <= quick ? tested(regex, actual) : watch.test(actual)
    if (matches === null) return doubtful(report, `cannot be checked: /${shown}/ takes too long on so long a text`)
    return matches || wrong(report, `does not match /${shown}/`)
  }
}

/** `null` when it takes more memory than there is for it. */
function tested(regex: RegExp, text: string): boolean | null {
  try {
    return regex.test(text)
  } catch {
    return null
  }
}

function compile(foreign: string): { regex: RegExp; translation: Translation } | { flaw: string } {
  const translation = translate(foreign)
  if ('flaw' in translation) return translation
  try {
    const regex = new RegExp(`^(?:${translation.source})$`, translation.flags)
    // It is compiled when it is first used, and may turn out to be too large then.
    regex.test('')
    return { regex, translation }
  } catch (error) {
    return { flaw: error instanceof SyntaxError ? error.message.replace(/^.*: /s, '') : 'it is too large' }
  }
}

/** Up to which length of a text it surely ends soon. */
function quickLength({ loops, nested }: Translation): number {
  if (nested) return 20
  return loops === 0 ? Infinity : 1e7 ** (1 / loops)
}
