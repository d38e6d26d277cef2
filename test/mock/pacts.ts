import type { HttpInteraction, Pact, PactRequest, PactResponse } from '../../src/pact/model.ts'

const nothing = { headers: {}, body: { kind: 'absent' }, generators: {} } as const
const noRules = { path: null, query: [], headers: [], body: [] } as const

export function request(about: Partial<PactRequest> = {}): PactRequest {
  return { method: 'GET', path: '/articles/1', query: {}, ...nothing, rules: noRules, ...about }
}

export function response(value: string, about: Partial<PactResponse> = {}): PactResponse {
  const rules = { status: null, headers: [], body: [] }
  return { status: 200, ...nothing, body: { kind: 'json', value, contentType: null }, rules, ...about }
}

/** An interaction that answers with its own description, unless another answer is given. */
export function interaction(description: string, about: Partial<HttpInteraction> = {}): HttpInteraction {
  return {
    kind: 'http',
    description,
    states: [],
    pending: false,
    comments: {},
    request: request(),
    response: response(description),
    ...about,
  }
}

export function pactOf(...interactions: Pact['interactions']): Pact {
  return { consumer: 'storefront', provider: 'comments', interactions }
}

/** A half as Brownout emits it. */
export function half(name: string, condition: string, stance = 'reduced'): HttpInteraction {
  const comments = { brownout: { interaction: name, condition, stance } }
  return interaction(`${name} (${condition})`, { comments })
}
