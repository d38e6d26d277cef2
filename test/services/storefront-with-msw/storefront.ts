import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import type { Asked, Instead } from '../../../src/msw/api.ts'
import { addresses, type ServiceName, serviceNames } from './services.ts'

const root = join(import.meta.dirname, '../../..')

/** What the process of the storefront is told. */
export type Order = { id: number; service: ServiceName } & (
  | { do: 'next'; interaction: string; instead: readonly Instead[] }
  | { do: 'under'; conditions: string[] }
  | { do: 'reset' | 'nothing' }
)

export interface Reply {
  id: number
  requests?: Readonly<Record<string, readonly Asked[]>>
  failed?: string
}

type Told = Order extends infer One ? (One extends Order ? Omit<One, 'id' | 'service'> : never) : never

/**
 * The storefront as it is run for real, until the end of the test, alone but for the services that MSW stands for in its
 * process. A request that is in none of its contracts fails the test.
 */
export async function startStorefront(env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ['--conditions=@brownout/source', '--import', import.meta.resolve('./preload.ts'), 'services/storefront/main.ts'],
    {
      cwd: root,
      env: { HOST: '127.0.0.1', PORT: '0', ...addresses, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  let errors = ''
  child.stderr?.on('data', (data: Buffer) => (errors += data.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const [found] = /http:\/\/[\d.:]+(?=")/.exec(line) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the storefront ended with ${code}: ${errors}`)))
  })

  let orders = 0
  const tell = async (service: ServiceName, told: Told): Promise<NonNullable<Reply['requests']>> => {
    const id = ++orders
    const answered = new Promise<Reply>((resolve) => {
      const onReply = (reply: Reply) => {
        if (reply.id !== id) return
        child.off('message', onReply)
        resolve(reply)
      }
      child.on('message', onReply)
    })
    child.send({ id, service, ...told })
    const { failed, requests = {} } = await answered
    if (failed !== undefined) throw new Error(failed)
    return requests
  }

  onTestFinished(async () => {
    try {
      for (const service of serviceNames) await tell(service, { do: 'reset' })
    } finally {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    }
  })
  const asked = async (service: ServiceName, interaction: string) =>
    (await tell(service, { do: 'nothing' }))[interaction] ?? []
  return {
    url,
    next: (service: ServiceName, interaction: string, ...instead: Instead[]) =>
      tell(service, { do: 'next', interaction, instead }),
    under: (service: ServiceName, ...conditions: string[]) => tell(service, { do: 'under', conditions }),
    reset: (service: ServiceName) => tell(service, { do: 'reset' }),
    /** What a service was asked by this name. */
    asked,
    times: async (service: ServiceName, interaction: string) => (await asked(service, interaction)).length,
  }
}
