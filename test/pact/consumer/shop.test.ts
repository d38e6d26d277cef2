import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import imagingOrders from '../../../contracts/imaging--orders.contract.ts'
import ordersNotifications from '../../../contracts/orders--notifications.contract.ts'
import storefrontAuth from '../../../contracts/storefront--auth.contract.ts'
import storefrontCatalog from '../../../contracts/storefront--catalog.contract.ts'
import storefrontComments from '../../../contracts/storefront--comments.contract.ts'
import storefrontImaging from '../../../contracts/storefront--imaging.contract.ts'
import storefrontOrders from '../../../contracts/storefront--orders.contract.ts'
import { callsTo } from '../../../services/chassis/call.ts'
import { guard } from '../../../services/chassis/guard.ts'
import { Problem } from '../../../services/chassis/problem.ts'
import { background } from '../../../services/chassis/trace.ts'
import { type Job, Jobs } from '../../../services/imaging/jobs.ts'
import { Dispatcher } from '../../../services/orders/dispatcher.ts'
import type { Message, Outbox } from '../../../services/orders/outbox.ts'
import { albumsOf } from '../../../services/storefront/albums.ts'
import { askForComments } from '../../../services/storefront/comments.ts'
import { inside } from '../../../services/storefront/inside.ts'
import { placeOrders } from '../../../services/storefront/orders.ts'
import { uploadPictures } from '../../../services/storefront/pictures.ts'
import { sessionsOf } from '../../../services/storefront/sessions.ts'
import type { Contract } from '../../../src/contract/define.ts'
import { consumerPact, type StanceCase } from '../../../src/pact/consumer/api.ts'
import { emitPacts, nameOf } from '../../../src/pact/emit/emit-contracts.ts'
import { readPact } from '../../../src/pact/read/read-pact.ts'
import { inWrittenOrder } from '../../../src/pact/write/write-pact.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** The services' own clients, as they are wired there, with time for a busy machine. */
const insideAt = (url: string) =>
  inside({
    call: callsTo(url),
    guard: guard({ limitMs: 5_000, atOnce: 8 }),
    sorry: 'Come back later.',
    say: (sorry) => sorry,
  })

const asked = (body: unknown, headers = {}) => ({ ...background(), body, headers }) as unknown as FastifyRequest

/** What the storefront would have sent to the customer. */
function replying() {
  const sent = { status: 200, body: null as unknown }
  const reply = {
    code: (status: number) => Object.assign(reply, void (sent.status = status)),
    send: (body: unknown) => void (sent.body = body),
  }
  return { sent, reply: reply as unknown as FastifyReply }
}

async function forward(
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  request: FastifyRequest,
) {
  const { sent, reply } = replying()
  await handle(request, reply)
  return sent
}

/** By what was asked: how the consumer asks, and what it makes of each stance. */
interface Edge {
  contract: Contract
  ask: Record<string, (url: string) => Promise<unknown>>
  /** Of answers that are whole. */
  whole: Record<string, unknown>
}

const job = (lease: string): Job => ({ id: 7, order: 1, album: 1, lease, goodUntil: Infinity, caller: background() })
const image = { sha256: 'f'.repeat(64), width: 96, height: 72, bytes: 700 }

const edges: Edge[] = [
  {
    contract: storefrontComments,
    ask: { 'read the comments of an article': (url) => askForComments(callsTo(url))(asked(null), '3') },
    whole: { 'read the comments of an article': [{ author: 'author', text: 'text' }] },
  },
  {
    contract: storefrontAuth,
    ask: {
      'log in': (url) => sessionsOf(insideAt(url)).logIn(asked({ user: 'eva', password: 'big format' })),
      'look a session up': (url) => sessionsOf(insideAt(url)).whoIs(asked(null), 'a token'),
    },
    whole: { 'log in': expect.objectContaining({ session: 'stored' }), 'look a session up': 'user' },
  },
  {
    contract: storefrontCatalog,
    ask: { 'look at an album': (url) => albumsOf(insideAt(url))(background(), '4') },
    whole: { 'look at an album': expect.objectContaining({ id: 1, title: 'title' }) },
  },
  {
    contract: storefrontImaging,
    ask: {
      'make a thumbnail': (url) =>
        forward(uploadPictures([insideAt(url)]), asked({ name: 'lake', width: 10, height: 20 })),
    },
    whole: { 'make a thumbnail': { status: 201, body: expect.objectContaining({ width: 1 }) } },
  },
  {
    contract: storefrontOrders,
    ask: {
      'take an order': (url) =>
        forward(placeOrders(insideAt(url)), asked({ album: 3, copies: 2 }, { 'idempotency-key': 'mine' })),
      'order something else under a known key': (url) =>
        forward(placeOrders(insideAt(url)), asked({ album: 3, copies: 2 }, { 'idempotency-key': 'mine' })).catch(told),
    },
    whole: {
      'take an order': { status: 200, body: expect.objectContaining({ order: 1, status: 'accepted' }) },
      'order something else under a known key': 422,
    },
  },
  {
    contract: ordersNotifications,
    ask: { 'tell a customer': dispatchOne },
    whole: { 'tell a customer': 'sent' },
  },
  {
    contract: imagingOrders,
    ask: {
      'claim a print job when there is none': (url) => new Jobs(callsTo(url), 'a contract').claim(),
      'claim a print job that waits': (url) => new Jobs(callsTo(url), 'a contract').claim(),
      'report a print job': (url) => new Jobs(callsTo(url), 'a').complete(job('its lease'), image),
      'report a print job that somebody else has': (url) =>
        new Jobs(callsTo(url), 'a').complete(job('a lease that is over'), image),
    },
    whole: {
      'claim a print job when there is none': null,
      'claim a print job that waits': expect.objectContaining({ id: 1, order: 1 }),
      'report a print job': true,
      'report a print job that somebody else has': false,
    },
  },
]

function told(error: unknown): number {
  if (error instanceof Problem) return error.status
  throw error
}

/** One message through the dispatcher of orders, which sends it until it is confirmed. */
async function dispatchOne(url: string): Promise<string> {
  const message: Message = { id: 'order-9', order: 9, text: 'Your album is being printed.' }
  const { promise: sent, resolve } = Promise.withResolvers<string>()
  let waiting = [message]
  const outbox = {
    waiting: () => waiting,
    sent: () => {
      waiting = []
      resolve('sent')
    },
  } as unknown as Outbox
  const log = { info: () => undefined } as never
  const dispatcher = new Dispatcher({ outbox, call: callsTo(url), guard: guard({ limitMs: 5_000, atOnce: 8 }), log })
  try {
    return await sent
  } finally {
    await dispatcher.close()
  }
}

/** Where an answer is less than whole: what the client makes of it. */
const coping: Partial<Record<StanceCase['stance'], unknown>> = {
  refused: 503,
  reduced: expect.objectContaining({ session: 'deferred' }),
}

describe.each(edges.map((edge) => ({ edge, name: `${edge.contract.consumer} → ${edge.contract.provider}` })))(
  '$name',
  async ({ edge }) => {
    const { contract, ask, whole } = edge
    const folder = await temporaryFolder()
    afterAll(() => folder[Symbol.asyncDispose]())
    const cases = consumerPact(contract, { dir: folder.path })

    test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
      const asking = ask[one.interaction]
      if (!asking) throw new Error(`nobody asks for "${one.interaction}"`)
      const coped = await one.play((url) => (one.stance === 'refused' ? asking(url).catch(told) : asking(url)))
      expect(coped).toEqual(coping[one.stance] ?? whole[one.interaction])
    })

    test('the pact that was written says what is emitted', () => {
      const [emitted] = emitPacts([{ file: '', contract }])
      if (!emitted) throw new Error('nothing was emitted')
      const http = emitted.pact.interactions.filter(({ kind }) => kind === 'http')
      const written = readPact(readFileSync(join(folder.path, nameOf(emitted.pact))), 'written.json')
      expect(written.problems).toEqual([])
      expect(inWrittenOrder(written.pact?.interactions ?? [])).toEqual(inWrittenOrder(http))
    })
  },
)
