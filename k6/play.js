// The script by which k6 plays any workload that Brownout hands it. It sends and delivers; Node judges.
//
// __ENV.BROWNOUT_ORDER is the path of a JSON file (src/load/driver/k6/order-file.ts writes it). What goes back are lines on
// standard error that begin with the order's token, then a letter, then JSON:
//
//   s [[before, at, after], …]   setup: the run's clock (ms since the epoch) was `at` between these moments of the test
//   m moment                     a mark was reached; its iteration sends nothing
//   a [arrival, sentAt, took, status, errorCode, error, headers, body, cut]   an arrival ended
//
// Moments are k6's milliseconds since the test began, on a monotonic clock.
import http from 'k6/http'
import { SharedArray } from 'k6/data'
import { identityHeaders, iterationNow, moment, told } from './telling.js'

// Read and parsed once, however many VUs there are.
let file
const read = () => (file = file || JSON.parse(open(__ENV.BROWNOUT_ORDER)))
const settings = new SharedArray('settings', () => [read().settings])[0]
/** Method and headers, as JSON; most orders have few. */
const kinds = new SharedArray('kinds', () => read().kinds)
/** `2 http://127.0.0.1:4100/articles/7`: number of its kind, URL, and after a line's end the body, if it has one. */
const requests = new SharedArray('requests', () => read().requests)
/** Which of the requests each arrival sends. */
const choices = new SharedArray('choices', () => read().choices)
file = undefined

const { token, clock, run, firstSequence, timeoutMs, marks, bodyLimitBytes } = settings
/** The first kinds are kept ready: a VU has little memory, and little time for parsing. */
const known = []
const kindOf = (number) => {
  if (known[number]) return known[number]
  const kind = JSON.parse(kinds[number])
  if (number < 50) known[number] = kind
  return kind
}
const tell = (kind, value) => console.log(`${token}${kind}${JSON.stringify(value)}`)

export const options = {
  scenarios: { load: settings.scenario },
  maxRedirects: 0,
  // No tags: every new URL would be a time series of its own, kept to the end.
  systemTags: [],
  setupTimeout: '20s',
}

export function setup() {
  const readings = []
  for (let turn = 0; turn < 8; turn += 1) {
    const before = moment()
    const { body } = http.get(clock)
    readings.push([before, Number(body), moment()])
  }
  tell('s', readings)
}

export default function () {
  const iteration = iterationNow()
  if (iteration < marks) return tell('m', moment())
  send(iteration - marks)
}

function send(arrival) {
  const text = requests[choices[arrival]]
  const afterKind = text.indexOf(' ') + 1
  const afterUrl = text.indexOf('\n')
  const [method, headers] = kindOf(Number(text.slice(0, afterKind)))
  const url = afterUrl === -1 ? text.slice(afterKind) : text.slice(afterKind, afterUrl)
  const body = afterUrl === -1 ? null : text.slice(afterUrl + 1)
  const params = {
    headers: Object.assign({}, headers, identityHeaders(run, firstSequence + arrival)),
    timeout: timeoutMs,
    // A new one each time: a cookie that was set is never sent.
    jar: new http.CookieJar(),
    // To a HEAD a server may say how the body would be packed; k6 would fail to unpack what is not there.
    responseType: method === 'HEAD' ? 'none' : 'text',
  }
  const sentAt = moment()
  let answer
  try {
    answer = http.request(method, url, body, params)
  } catch (error) {
    answer = { status: 0, error_code: 1000, error: String(error), headers: {}, body: '' }
  }
  const took = moment() - sentAt
  tell('a', [
    arrival,
    sentAt,
    took,
    answer.status,
    answer.error_code,
    answer.error,
    answer.headers,
    ...told(answer.body || '', bodyLimitBytes),
  ])
}
