import { defineContract, unaffected } from 'brownout'
import { z } from 'zod'

const Job = z.object({
  id: z.int().positive(),
  order: z.int().positive(),
  album: z.int(),
  lease: z.string().min(16),
  leaseMs: z.int().positive(),
})

/** Workers read every answer as JSON. */
const Problem = z.object({ title: z.string() })

const image = { sha256: '{sha256}', width: 96, height: 72, bytes: 700 }

export default defineContract({
  consumer: 'imaging',
  provider: 'orders',
  messages: {
    'print job': { contents: Job },
  },
  interactions: {
    'claim a print job when there is none': {
      given: 'no print job is waiting',
      request: { method: 'POST', path: '/jobs/claim', body: { worker: 'a contract' } },
      response: { status: 200, body: z.object({ job: z.null() }), within: '500ms' },
      degraded: { 'notifications: *': unaffected() },
    },

    'claim a print job that waits': {
      given: 'a print job is waiting',
      request: { method: 'POST', path: '/jobs/claim', body: { worker: 'a contract' } },
      response: { status: 200, body: z.object({ job: Job }), within: '500ms' },
      degraded: { 'notifications: *': unaffected() },
    },

    'report a print job': {
      given: 'a print job is leased',
      request: { method: 'POST', path: '/jobs/{id}/completion', body: { lease: '{lease}', image } },
      parameters: { id: 1, lease: 'the lease of its claim', sha256: '0'.repeat(64) },
      response: { status: 200, body: z.object({ accepted: z.literal(true) }), within: '1s' },
      degraded: { 'notifications: *': unaffected() },
    },

    'report a print job that somebody else has': {
      request: { method: 'POST', path: '/jobs/{id}/completion', body: { lease: 'a lease that is over', image } },
      parameters: { id: 1, sha256: '0'.repeat(64) },
      response: {
        status: 409,
        headers: { 'content-type': /^application\/problem\+json/ },
        body: Problem,
        within: '1s',
      },
      degraded: { 'notifications: *': unaffected() },
    },
  },
})
