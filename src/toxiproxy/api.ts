import { readFields } from './body.ts'
import { apiErrorOf, apiErrors } from './errors.ts'
import type { Proxies, WantedProxy } from './proxies.ts'
import type { TcpProxy } from './proxy.ts'
import { showToxic } from './toxic-list.ts'
import type { Toxic } from './toxic.ts'

export interface Call {
  proxies: Proxies
  /** What the `*` of the path stood for, in order. */
  names: readonly string[]
  /** The JSON of the body. Throws a 400 when there is none. */
  body(): unknown
}

export interface Reply {
  status: number
  type?: string
  text?: string
}

export type Handler = (call: Call) => Reply | Promise<Reply>

interface Route {
  /** `*` stands for a name. */
  path: string
  methods: Readonly<Record<string, Handler>>
}

const routes: readonly Route[] = [
  { path: '/version', methods: { GET: version } },
  { path: '/proxies', methods: { GET: listProxies, POST: createProxy } },
  { path: '/populate', methods: { POST: populate } },
  { path: '/reset', methods: { POST: reset } },
  { path: '/proxies/*', methods: { GET: showProxy, PATCH: updateProxy, POST: updateProxy, DELETE: deleteProxy } },
  { path: '/proxies/*/toxics', methods: { GET: listToxics, POST: createToxic } },
  {
    path: '/proxies/*/toxics/*',
    methods: { GET: getToxic, PATCH: updateToxic, POST: updateToxic, DELETE: deleteToxic },
  },
]

/** The handler of a request and the names in its path, or the reply when there is none. */
export function findRoute(method: string, path: string): { handler: Handler; names: string[] } | Reply {
  const given = path.split('/')
  for (const route of routes) {
    const names = match(route.path.split('/'), given)
    if (!names) continue
    const handler = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined
    return handler ? { handler, names } : { status: 405 }
  }
  return plain(404, '404 page not found\n')
}

function match(pattern: readonly string[], given: readonly string[]): string[] | null {
  if (pattern.length !== given.length) return null
  const names: string[] = []
  for (const [index, part] of given.entries()) {
    if (pattern[index] === '*' && part !== '') names.push(decode(part))
    else if (pattern[index] !== part) return null
  }
  return names
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function plain(status: number, text: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', text }
}

function json(status: number, value: unknown): Reply {
  return { status, type: 'application/json', text: JSON.stringify(value) }
}

/** `{"error": …, "status": …}`, as plain text: that is what Toxiproxy calls it. */
export function errorReply(thrown: unknown): Reply {
  const { message, status } = apiErrorOf(thrown)
  return plain(status, `${JSON.stringify({ error: message, status })}\n`)
}

/** What a build without a version says; clients' own tests insist on it. */
function version(): Reply {
  return { status: 200, type: 'application/json;charset=utf-8', text: '{"version": "git"}\n' }
}

function listProxies({ proxies }: Call): Reply {
  return json(200, proxies)
}

const proxyFields = { name: 'string', listen: 'string', upstream: 'string', enabled: 'bool' } as const

function readProxy(body: unknown): WantedProxy {
  return { name: '', listen: '', upstream: '', enabled: true, ...readFields(body, proxyFields) }
}

function requireFields({ name, upstream }: WantedProxy, where = ''): void {
  if (name === '') throw apiErrors.missingField(`name${where}`)
  if (upstream === '') throw apiErrors.missingField(`upstream${where}`)
}

async function createProxy({ proxies, body }: Call): Promise<Reply> {
  const wanted = readProxy(body())
  requireFields(wanted)
  return json(201, await proxies.create(wanted))
}

/** Looks at every entry before it creates any, then stops at the first that fails and tells which are done. */
async function populate({ proxies, body }: Call): Promise<Reply> {
  const done: TcpProxy[] = []
  const report = () => ({ proxies: done.length > 0 ? done : null })
  try {
    const entries = body() ?? []
    if (!Array.isArray(entries)) throw apiErrors.badRequestBody('json: not a list of proxies')
    const wanted = entries.map(readProxy)
    for (const [index, entry] of wanted.entries()) requireFields(entry, ` at proxy ${index + 1}`)
    for (const entry of wanted) done.push(await proxies.createOrReplace(entry))
  } catch (thrown) {
    const { message, status } = apiErrorOf(thrown)
    return json(status, { error: message, status, ...report() })
  }
  return json(201, report())
}

async function reset({ proxies }: Call): Promise<Reply> {
  await proxies.reset()
  return { status: 204 }
}

function showProxy(call: Call): Reply {
  return json(200, proxyOf(call))
}

async function updateProxy(call: Call): Promise<Reply> {
  const proxy = proxyOf(call)
  await proxy.update(readFields(call.body(), proxyFields))
  return json(200, proxy)
}

async function deleteProxy({ proxies, names: [name = ''] }: Call): Promise<Reply> {
  await proxies.remove(name)
  return { status: 204 }
}

function listToxics(call: Call): Reply {
  return json(200, proxyOf(call).toxics)
}

function createToxic(call: Call): Reply {
  return json(200, showToxic(proxyOf(call).toxics.add(call.body())))
}

function getToxic(call: Call): Reply {
  return json(200, showToxic(toxicOf(call)))
}

function updateToxic(call: Call): Reply {
  const toxic = toxicOf(call)
  proxyOf(call).toxics.update(toxic, call.body())
  return json(200, showToxic(toxic))
}

function deleteToxic(call: Call): Reply {
  proxyOf(call).toxics.remove(toxicOf(call))
  return { status: 204 }
}

function proxyOf({ proxies, names: [name = ''] }: Call): TcpProxy {
  return proxies.get(name)
}

function toxicOf(call: Call): Toxic {
  const [, name = ''] = call.names
  return proxyOf(call).toxics.get(name)
}
