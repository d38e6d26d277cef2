import { pathToFileURL } from 'node:url'
import { http, passthrough } from 'msw'
import { defineNetwork, InterceptorSource } from 'msw/experimental'
import { failUnhandled } from './listen.ts'
import type { MockService } from './mocked.ts'
import { assertMsw, interceptorsOfMsw } from './version.ts'

export interface InterceptOptions {
  /** Begins of addresses that are left to the network: a server under test, `http://127.0.0.1:4100`. */
  except?: readonly string[]
}

/** Given back with `await using`, or by hand. */
export interface Interception extends AsyncDisposable {
  end(): Promise<void>
}

/**
 * Has services answer every HTTP request of this process, whatever sends it. `setupServer` does not see those of the
 * package undici (`Pool`, `Client`, `Agent`, its own `fetch`): they go to the network, whatever it was told of unhandled ones.
 * One that no service answers fails.
 */
export async function intercept(
  services: readonly Pick<MockService, 'handlers'>[],
  { except = [] }: InterceptOptions = {},
): Promise<Interception> {
  assertMsw()
  const module = (await import(pathToFileURL(interceptorsOfMsw('http')).href)) as {
    HttpRequestInterceptor: new () => Interceptor
  }
  const isExcepted = (url: string) => except.some((begin) => url.startsWith(begin))
  const network = defineNetwork({
    sources: [new InterceptorSource({ interceptors: [new module.HttpRequestInterceptor()] })],
    handlers: [
      http.all(
        ({ request }) => isExcepted(request.url),
        () => passthrough(),
      ),
      ...services.flatMap(({ handlers }) => handlers),
    ],
    onUnhandledFrame: failUnhandled,
    context: { quiet: true },
  })
  await network.enable()
  const end = async () => void (await network.disable())
  return { end, [Symbol.asyncDispose]: end }
}

type Interceptor = ConstructorParameters<typeof InterceptorSource>[0]['interceptors'][number]
