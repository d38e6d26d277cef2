import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import { situationFrom } from '../mock/control.ts'
import type { Mock, Situation } from '../mock/mock.ts'
import { type MockServer, startMockServer } from '../mock/server.ts'
import { causeOf } from '../record/cause.ts'
import type { EndedBy } from '../record/record.ts'
import { printable } from '../report/printable.ts'
import { portInUse } from '../system/start.ts'
import { exitWith } from './exit.ts'
import type { MockOptions } from './mock.ts'
import { readMock } from './mock-files.ts'
import { keyReader, listenToKeys } from './mock-keys.ts'
import { renderAnswered, renderMock, renderNotes, renderSituation } from './mock-text.ts'
import { print } from './print.ts'
import { complain } from './safe-text.ts'
import { endOnSignals, sessionIsOver } from './signals.ts'

/** Serves until Ctrl-C or `q`. */
export function mock(paths: readonly string[], options: MockOptions): Promise<void> {
  return exitWith(async () => {
    const { mock: read, notes } = await readMock(paths)
    const situation = situationFrom(read, options.condition, options.state ?? null)
    if (notes.length > 0) complain(renderNotes(notes))
    const ended = Promise.withResolvers<EndedBy | null>()
    endOnSignals({ end: ended.resolve, fail: (error) => ended.resolve(causeOf(error)) })
    await using server = await listen(read, situation, options)
    say(renderMock(server.url, read, process.stdin.isTTY))
    say(renderSituation(situation))
    const giveBack = listenToKeys(
      process.stdin,
      keysOf(server, () => ended.resolve(null)),
    )
    const cause = await ended.promise
    giveBack()
    sessionIsOver()
    if (cause?.exitCode === exitCodes.bug) complain(cause.stack ?? cause.message)
    return cause?.exitCode ?? exitCodes.kept
  })
}

async function listen(read: Mock, situation: Situation, { host, port, seed }: MockOptions): Promise<MockServer> {
  try {
    return await startMockServer(read, {
      host,
      port,
      seed,
      situation,
      onAnswered: (answered) => say(renderAnswered(answered)),
      onSwitched: (next) => say(renderSituation(next)),
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw portInUse({ id: 'mock', host, port })
    throw new BrownoutError('NO_LISTENER', `Failed to listen on "${host}:${port}": ${messageOf(error)}.`, {
      exitCode: exitCodes.inconclusive,
      cause: error,
    })
  }
}

function keysOf(server: MockServer, end: () => void): (keys: string) => void {
  const { conditions } = server.mock
  return keyReader(conditions.length, {
    choose(number) {
      const chosen = conditions[number - 1]
      server.situation = { ...server.situation, broken: chosen ? [chosen] : [] }
      say(renderSituation(server.situation))
    },
    interrupt: () => process.kill(process.pid, 'SIGINT'),
    end,
  })
}

/** Requests and pacts are other people's words. */
function say(text: string): void {
  print(printable(text))
}
