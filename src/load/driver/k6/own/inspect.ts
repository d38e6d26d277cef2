import { fileURLToPath } from 'node:url'
import { askTool } from '../../../../core/ask-tool.ts'
import { messageOf } from '../../../../core/errors.ts'
import { type ReadScript, ScriptError, type ScriptFacts, type Threshold } from '../../../script.ts'

const limitMs = 10_000

/** What `k6 inspect --execution-requirements` prints, as far as it is read here. */
interface Inspected {
  scenarios: Record<string, Executor>
  thresholds: Record<string, (string | { threshold: string })[]> | null
  totalDuration: string
  maxVUs: number
}

interface Executor {
  startTime: string | null
  duration?: string | null
  maxDuration?: string | null
  stages?: { duration: string }[] | null
}

/** Of scripts that count iterations, where they do not say. */
const usualMaxDuration = '10m'

/** Reads scripts by the k6 at `file`. */
export function scriptReader(file: string): ReadScript {
  return async ({ file: script, env }) => {
    const args = ['inspect', '--execution-requirements', '--include-system-env-vars', '--log-format=raw', script]
    let text: string
    try {
      text = await askTool(file, args, { limitMs, env: { ...env, ...quiet }, words: 4_000, onlyEnv: true })
    } catch (error) {
      throw scriptErrorOf(messageOf(error))
    }
    return factsOf(JSON.parse(text) as Inspected)
  }
}

const quiet = { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' }

function factsOf({ scenarios, thresholds, totalDuration, maxVUs }: Inspected): ScriptFacts {
  const ends = Object.values(scenarios).map((executor) => durationMs(executor.startTime ?? '0s') + sendsMs(executor))
  return {
    sendsMs: Math.max(0, ...ends),
    endsMs: durationMs(totalDuration),
    virtualUsers: maxVUs,
    thresholds: Object.entries(thresholds ?? {}).flatMap(([metric, expressions]) =>
      expressions.map((each): Threshold => ({ metric, expression: typeof each === 'string' ? each : each.threshold })),
    ),
  }
}

function sendsMs({ duration, stages, maxDuration }: Executor): number {
  if (stages) return stages.reduce((sum, stage) => sum + durationMs(stage.duration), 0)
  return durationMs(duration ?? maxDuration ?? usualMaxDuration)
}

const unitMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 1e-6,
}

/** As Go writes durations: `1h2m3.5s`, `1m35s`, `500ms`. */
function durationMs(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g)]
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (unitMs[unit] ?? 0), 0)
}

/** k6 names files as URLs and places in two ways: `Line 2:13`, and `:2:7(19)` in a stack. */
function scriptErrorOf(text: string): ScriptError {
  if (/did not answer in/.test(text))
    return new ScriptError(`its init code did not end within ${limitMs / 1_000} s (that outside of its functions)`)
  const said = text.replace(/^it ended with exit code \d+: /, '').trim()
  const at = /(file:\/\/\S+?): Line (\d+):\d+/.exec(said) ?? /(file:\/\/\S+?):(\d+):\d+\(/.exec(said)
  const why = said
    .replace(/^could not initialize '[^']*': could not load JS test '[^']*': /, '')
    .replace(/^file:\/\/\S+: (?=Line )/, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/ Make sure that you've specified the right path.*$/, '')
  const place = at?.[1] === undefined ? null : { file: fileURLToPath(at[1]), line: Number(at[2]) }
  return new ScriptError(why, place)
}
