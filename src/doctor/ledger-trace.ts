import { existsSync } from 'node:fs'
import { isAlive } from '../core/process-identity.ts'
import { type Holdings, ownServers } from '../fault/ledger.ts'
import { releaseHoldings } from '../fault/release.ts'
import { removeFile } from './file-trace.ts'
import type { Remnant, Trace } from './remnant.ts'
import { seeFault } from './see-fault.ts'
import { seeProxies } from './see-proxies.ts'

/** What the ledger of a run that is over says is held, as far as it still is; at least the file itself. */
export function ledgerTrace(file: string, run: string, holdings: Holdings): Trace {
  const look = async () => {
    const held = [
      ...(await faultsOf(run, holdings)),
      ...processesOf(run, holdings),
      ...(await proxiesOf(run, holdings)),
    ]
    if (held.length > 0 || !existsSync(file)) return held
    return [{ kind: 'file', run, what: file, seen: 'its ledger; nothing that it names is left' } satisfies Remnant]
  }
  return {
    look,
    async remove() {
      const left = await releaseHoldings(holdings)
      const troubles = new Map(left.map(({ what, why }) => [what, why]))
      const seen = await look()
      // As long as anything is left, it stays written down.
      if (left.length > 0 || seen.some(({ kind }) => kind !== 'file')) return troubles
      return removeFile(file)
    },
  }
}

/** Nobody can tell what it held, so nobody removes it but a person who looked. */
export function unreadableTrace(file: string, run: string, why: string): Trace {
  const hint = `Make it readable, or see that nothing of that run is left and remove it: rm -r '${file}'`
  const remnant: Remnant = { kind: 'unreadable ledger', run, what: file, seen: `it cannot be read: ${why}`, hint }
  return {
    look: () => Promise.resolve(existsSync(file) ? [remnant] : []),
    remove: () => Promise.resolve(new Map([[file, 'what it says is held is not known']])),
  }
}

async function faultsOf(run: string, holdings: Holdings): Promise<Remnant[]> {
  const servers = ownServers(holdings)
  const seen = await Promise.all(
    holdings.faults.map(async ({ text, undo }) => ({ text, undo, seen: await seeFault(undo, servers) })),
  )
  return seen.flatMap(({ text, undo, seen: state }) => {
    if (state === null) return []
    const [api] = undo.flatMap((way) => ('api' in way ? [way.api] : []))
    const hint = api === undefined ? {} : { hint: `Look at ${api}/proxies, or end the Toxiproxy that serves it.` }
    return [{ kind: 'fault', run, what: text, seen: state, ...hint } satisfies Remnant]
  })
}

function processesOf(run: string, { processes }: Holdings): Remnant[] {
  return processes
    .filter(({ identity }) => isAlive(identity))
    .map(({ name, identity: { pid } }) => ({ kind: 'process', run, what: `process ${pid} (${name})`, seen: 'it runs' }))
}

async function proxiesOf(run: string, { proxies }: Holdings): Promise<Remnant[]> {
  const seen = (await Promise.all(proxies.map(seeProxies))).flat()
  return seen.map(({ name, seen: state }) => ({ kind: 'proxy', run, what: `proxy "${name}"`, seen: state }))
}
