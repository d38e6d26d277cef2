// Makes a user's own k6 script tell Brownout of the requests that it tags with an interaction. It is imported before the
// script and stands in for the functions of k6/http; requests without such a tag go through untouched.
//
// __ENV.BROWNOUT_SCRIPT is the path of a JSON file (src/load/driver/k6/own/wrapper.ts writes it). What goes back are lines on
// standard error that begin with its token, then a letter, then JSON:
//
//   b [moment, offset]           setup is over, the load begins; `offset` leads from moments to the wall clock
//   t [sequence, sentAt]         a tagged request is sent
//   a [sequence, sentAt, took, status, errorCode, error, headers, body, cut, interaction, method, url, headers, body]   it ended
//   u tag                        a tag names no interaction of the script's
//
// Moments are k6's milliseconds since the test began, on a monotonic clock.
import http from 'k6/http'
import exec from 'k6/execution'
import { identityHeaders, moment, told } from './telling.js'

const settings = JSON.parse(open(__ENV.BROWNOUT_SCRIPT))
const { token, run, firstSequence, sequences, slots, interactions, bodyLimitBytes } = settings
const tell = (kind, value) => console.log(`${token}${kind}${JSON.stringify(value)}`)

/** Tagged requests are told of between setup() and teardown(), which have a VU of their own. */
let tells = true
let count = 0
const unknown = new Set()

/**
 * Has the user's setup() done, and reads the wall clock: a request to a clock of Brownout's would be one of the script's own
 * figures. The wall clock counts whole milliseconds, so the moments are taken when it goes on.
 */
export async function beginWith(setup) {
  tells = false
  const data = setup ? await setup() : undefined
  const offsets = []
  for (let turn = 0; turn < 5; turn += 1) {
    const before = Date.now()
    while (Date.now() === before);
    const at = moment()
    offsets.push(Date.now() - at)
  }
  tell('b', [moment(), Math.max(...offsets)])
  return data
}

export function endWith(teardown) {
  tells = false
  return teardown
}

const original = Object.assign({}, http)

/** The interaction that a request is tagged with, by its parameters, its VU or its scenario; `null` for none. */
function interactionOf(params) {
  if (!tells) return null
  const own = params && params.tags ? params.tags.interaction : undefined
  const tag = own === undefined ? exec.vu.metrics.tags.interaction : own
  if (tag === undefined || tag === null) return null
  const key = String(tag)
    .replace(/\s*(?:→|->)\s*/, ' → ')
    .trim()
  const id = interactions[key]
  if (id !== undefined) return id
  if (!unknown.has(key)) {
    unknown.add(key)
    tell('u', key)
  }
  return null
}

/** A tagged request about to be sent: with its own id, and a body that is read. */
function mark(interaction, method, url, body, params) {
  const sequence = firstSequence + ((count++ * slots + exec.vu.idInTest) % sequences)
  const given = params || {}
  const headers = Object.assign(identityHeaders(run, sequence), given.headers)
  const responseType = given.responseType === 'binary' ? 'binary' : 'text'
  const marked = Object.assign({}, given, { headers, responseType })
  const sent = { sequence, interaction, method, url, headers, body, sentAt: moment() }
  tell('t', [sequence, sent.sentAt])
  return { sent, params: marked }
}

function ended(sent, answer) {
  const { sequence, interaction, sentAt } = sent
  const asked = answer.request
  tell('a', [
    sequence,
    sentAt,
    tookOf(answer, moment() - sentAt),
    answer.status,
    answer.error_code,
    answer.error,
    answer.headers,
    ...told(textOf(answer.body), bodyLimitBytes),
    interaction,
    asked && asked.method ? asked.method : sent.method,
    asked && asked.url ? asked.url : urlOf(sent.url),
    asked && asked.headers ? asked.headers : sent.headers,
    asked && asked.body ? asked.body : null,
  ])
}

function failed(sent, error) {
  ended(sent, { status: 0, error_code: 0, error: String(error), headers: {}, body: '' })
}

/** One by one, that is until now. In a batch, or when others were waited for, k6's own times tell, connecting included. */
function tookOf({ timings, status, error_code }, elapsed) {
  if (!timings) return elapsed
  const spent = timings.blocked + timings.connecting + timings.tls_handshaking + timings.duration
  return (status !== 0 && spent > 0) || error_code === 1212 ? Math.min(elapsed, spent) : elapsed
}

function textOf(body) {
  if (typeof body === 'string') return body
  return body instanceof ArrayBuffer ? new TextDecoder().decode(body) : ''
}

function urlOf(url) {
  return typeof url === 'object' && url !== null ? String(url.url) : String(url)
}

/** Stands in for a function of k6/http: where its parameters are, and how a request is read from them. */
function replace(name, at, requestOf) {
  const send = original[name]
  http[name] = function (...given) {
    const interaction = interactionOf(given[at])
    if (interaction === null) return send.apply(http, given)
    const [method, url, body] = requestOf(given)
    const { sent, params } = mark(interaction, method, url, body, given[at])
    while (given.length < at) given.push(null)
    given[at] = params
    let answer
    try {
      answer = send.apply(http, given)
    } catch (error) {
      failed(sent, error)
      throw error
    }
    if (typeof answer.then !== 'function') {
      ended(sent, answer)
      return answer
    }
    return answer.then(
      (result) => {
        ended(sent, result)
        return result
      },
      (error) => {
        failed(sent, error)
        throw error
      },
    )
  }
}

for (const name of ['get', 'head']) replace(name, 1, ([url]) => [name.toUpperCase(), url, null])
for (const name of ['post', 'put', 'patch', 'options'])
  replace(name, 2, ([url, body]) => [name.toUpperCase(), url, body])
replace('del', 2, ([url, body]) => ['DELETE', url, body])
for (const name of ['request', 'asyncRequest']) replace(name, 3, ([method, url, body]) => [method, url, body])

http.batch = function (requests) {
  const marks = []
  const isList = Array.isArray(requests)
  const changed = isList ? [] : {}
  for (const key of Object.keys(requests)) {
    const request = requests[key]
    const [method, url, body, params] = partsOf(request)
    const interaction = interactionOf(params)
    if (interaction === null) {
      changed[key] = request
      continue
    }
    const marked = mark(interaction, method, url, body, params)
    marks.push([key, marked.sent])
    changed[key] = [method, url, body, marked.params]
  }
  if (marks.length === 0) return original.batch.call(http, requests)
  let answers
  try {
    answers = original.batch.call(http, changed)
  } catch (error) {
    for (const [, sent] of marks) failed(sent, error)
    throw error
  }
  for (const [key, sent] of marks) ended(sent, answers[key])
  return answers
}

/** A request of a batch: a URL, a list or an object. */
function partsOf(request) {
  if (Array.isArray(request)) return [request[0], request[1], request[2], request[3]]
  if (typeof request === 'object' && request !== null && request.params !== undefined)
    return [request.method || 'GET', request.url, request.body, request.params]
  if (typeof request === 'object' && request !== null && request.method !== undefined)
    return [request.method, request.url, request.body, undefined]
  return ['GET', request, null, undefined]
}
