import { tryMs } from '../core/duration.ts'
import type { Probe, ServiceDefinition } from './define.ts'
import { type Say, sayUnknownKeys } from './say.ts'
import { validateEnvironment } from './validate-environment.ts'

const options = {
  program: ['kind', 'command', 'cwd', 'env', 'replicas', 'port', 'ready', 'readyWithin'],
  redis: ['kind', 'port', 'readyWithin'],
}

/** Processes of a run that write logs and stand in its ledger beside those of the services. */
const ownProcesses = ['load', 'taps', 'toxiproxy', 'watcher']

export function validateService(say: Say, name: string, service: ServiceDefinition, known: readonly string[]): void {
  const path = ['services', name]
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    say(path, `"${name}" is no name for a service`, 'a small letter, then small letters, digits and hyphens')
  if (ownProcesses.includes(name)) say(path, `"${name}" is what Brownout calls a process of its own`, 'another name')
  if (service?.kind !== 'program' && service?.kind !== 'redis') {
    say(path, 'is no service', 'program([…]), node(…) or redis()')
    return
  }
  const { env = {}, ...others } = { env: undefined, ...service }
  if (service.kind === 'redis' && 'env' in service) say([...path, 'env'], 'a redis() has no environment')
  sayUnknownKeys(say, path, others, options[service.kind])
  if (service.readyWithin !== undefined && !tryMs(service.readyWithin))
    say([...path, 'readyWithin'], `${JSON.stringify(service.readyWithin)} is no length of time`, "'20s'")
  if (service.port !== undefined && !isWhole(service.port, 1, 65_535))
    say([...path, 'port'], `${String(service.port)} is no port`, 'a whole number from 1 to 65535')
  if (service.kind === 'redis') return

  const { command, replicas = 1, ready } = service
  if (
    !Array.isArray(command) ||
    command.length === 0 ||
    command.some((part) => typeof part !== 'string' || part === '')
  )
    say([...path, 'command'], 'the command is empty, or has an empty part', "['node', 'main.js']")
  if (!isWhole(replicas, 1, Number.MAX_SAFE_INTEGER))
    say([...path, 'replicas'], `${String(replicas)} is no number of instances`, 'a whole number, 1 or more')
  else if (replicas > 1 && service.port !== undefined)
    say(
      [...path, 'port'],
      `${replicas} replicas cannot share one port`,
      'leave the port out, and one is chosen for each',
    )
  if (ready !== undefined) validateProbe(say, [...path, 'ready'], ready)
  validateEnvironment(say, [...path, 'env'], { service: name, environment: env, known })
}

function validateProbe(say: Say, path: readonly string[], ready: Probe): void {
  if (!['http', 'redis', 'tcp'].includes(ready?.kind))
    say(path, 'is no way to tell that it is ready', "http('/healthz')")
  // The path goes into a request line as it is.
  else if (ready.kind === 'http' && !/^\/[\x21-\x7e]*$/.test(ready.path))
    say(path, `"${String(ready.path)}" is no path`, "http('/healthz')")
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}
