import type { Json } from '../contract/define.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import { brokenText, readBroken } from './condition.ts'
import type { Mock, Situation } from './mock.ts'

/** Where a mock is told what is broken; no request to a path below it is one to the mock. */
export const controlPath = '/_brownout/'

export interface ControlRequest {
  method: string
  path: string
  body: string
}

export interface ControlReply {
  status: number
  body: Json
  situation: Situation
}

/**
 * `GET`, `PUT` and `DELETE` of `/_brownout/condition` (one a line) and `/_brownout/state`. Each tells what is in force
 * afterwards, and what could be.
 */
export function control(request: ControlRequest, mock: Mock, situation: Situation): ControlReply {
  try {
    const next = changed(request, mock, situation)
    return { status: 200, body: describe(mock, next), situation: next }
  } catch (error) {
    if (!(error instanceof BrownoutError)) throw error
    const { message, hint } = error
    const status = error.code === 'NO_CONTROL' ? 404 : 400
    return { status, body: { error: message, ...(hint === undefined ? {} : { hint }) }, situation }
  }
}

/** Throws `UNKNOWN_CONDITION` and `UNKNOWN_STATE`. */
export function situationFrom(mock: Mock, conditions: readonly string[], state: string | null): Situation {
  if (state !== null && !mock.states.includes(state))
    throw new BrownoutError('UNKNOWN_STATE', `Failed to choose "${state}": no interaction names it as its state.`, {
      exitCode: exitCodes.usage,
      hint: suggestion(state, mock.states),
    })
  return { broken: readBroken(conditions, mock.conditions), state }
}

function changed({ method, path, body }: ControlRequest, mock: Mock, situation: Situation): Situation {
  const conditions = situation.broken.map(brokenText)
  const lines = method === 'PUT' ? body.split('\n').flatMap((line) => line.trim() || []) : []
  switch (`${['PUT', 'DELETE'].includes(method) ? 'SET' : method} ${path.slice(controlPath.length)}`) {
    case 'GET condition':
    case 'GET state':
      return situation
    case 'SET condition':
      return situationFrom(mock, lines, situation.state)
    case 'SET state':
      return situationFrom(mock, conditions, lines[0] ?? null)
    default:
      throw new BrownoutError('NO_CONTROL', `Failed to ${method} "${path}": there is no such control.`, {
        hint: `GET, PUT or DELETE ${controlPath}condition or ${controlPath}state.`,
      })
  }
}

function describe(mock: Mock, { broken, state }: Situation): Json {
  return {
    conditions: broken.map(brokenText),
    state,
    possible: { conditions: mock.conditions.map(brokenText), states: mock.states },
  }
}
