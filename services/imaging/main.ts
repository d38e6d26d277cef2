import { callsTo } from '../chassis/call.ts'
import { environment, required } from '../chassis/environment.ts'
import { Problem } from '../chassis/problem.ts'
import { createService } from '../chassis/service.ts'
import { acksEarly } from './defects/acks-early.ts'
import { rendersTwice } from './defects/renders-twice.ts'
import { Jobs } from './jobs.ts'
import { Printing } from './printing.ts'
import { Thumbnails } from './thumbnails.ts'
import { Worker } from './worker.ts'

const { app, has, listen } = createService('imaging', { defects: ['acks-early', 'renders-twice'] })

const jobs = new Jobs(callsTo(required('ORDERS_URL')), environment.instance ?? 'imaging')
const printing = new Printing(jobs)
const print = has('acks-early')
  ? acksEarly(printing, jobs)
  : has('renders-twice')
    ? rendersTwice(printing)
    : printing.print
const thumbnails = new Thumbnails()

app.post<{ Body: { name?: unknown; width?: unknown; height?: unknown } | null }>(
  '/pictures',
  async (request, reply) => {
    const { name, width, height } = request.body ?? {}
    if (typeof name !== 'string' || name === '' || !isLength(width) || !isLength(height))
      throw new Problem(400, 'A picture needs a name, a width and a height.')
    const { sha256, ...image } = await thumbnails.make(name, { width, height }).catch((cause: unknown) => {
      throw new Problem(503, 'Too many pictures wait already.', { retryAfter: 1, cause })
    })
    return reply.code(201).send({ picture: sha256, ...image })
  },
)

const worker = new Worker({ jobs, print, log: app.log })
app.addHook('onClose', () => worker.close())

app.get('/effects', () => ({ claimed: worker.claimed, ...printing.counts, pictures: thumbnails.made }))

await listen(() => ({ orders: worker.orders }))

function isLength(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0
}
