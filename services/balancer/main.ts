import type { FastifyReply, FastifyRequest } from 'fastify'
import { listOf, required } from '../chassis/environment.ts'
import { createService } from '../chassis/service.ts'
import { keepDeadInstance } from './defects/keeps-dead-instance.ts'
import { forward } from './forward.ts'
import { Instances } from './instances.ts'

const { app, has, listen } = createService('balancer', { defects: ['keeps-dead-instance'] })

const instances = new Instances(listOf(required('STOREFRONT_URLS')))
const ask = has('keeps-dead-instance') ? keepDeadInstance : forward

// Bodies are passed on as they came; the storefront reads them.
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))

// What exists is for the storefront to say.
app.all('*', passOn)

async function passOn(request: FastifyRequest, reply: FastifyReply) {
  const had = instanceIn(request.headers.cookie)
  const { instance, status, headers, body } = await ask(instances.inOrder(had), request)
  if (instance.index !== had)
    void reply.header('set-cookie', `instance=${instance.index}; Path=/; HttpOnly; SameSite=Lax`)
  return reply.code(status).headers(headers).send(body)
}

function instanceIn(cookie: string | undefined): number | undefined {
  const [, index] = /(?:^|;\s*)instance=(\d{1,3})(?:;|$)/.exec(cookie ?? '') ?? []
  return index === undefined ? undefined : Number(index)
}

await listen(() => ({ storefront: instances.health }))
