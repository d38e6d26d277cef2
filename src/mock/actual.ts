import type { ActualRequest } from '../pact/match/request.ts'
import { topOf } from '../pact/read/place.ts'
import { readQuery } from '../pact/read/query.ts'

/** A request as it came, its target still one text: `/articles/1?page=2`. */
export interface Received extends Pick<ActualRequest, 'headers' | 'body'> {
  method: string
  target: string
}

/** A request as pacts are matched against: the path as it was sent, the query decoded. */
export function actualRequest({ method, target, headers, body }: Received): ActualRequest {
  const mark = target.indexOf('?')
  const [path, query] = mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)]
  return { method: method.toUpperCase(), path, query: readQuery(query, topOf(target).place), headers, body }
}
