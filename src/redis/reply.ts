/**
 * What a command answers, before it is put on the wire: a string is a status, a Buffer a bulk string, a list an array,
 * `null` nil; the rest says what it is. RESP3 has words of its own for maps, sets and texts; RESP2 flattens them.
 */
export type Reply =
  | string
  | number
  | bigint
  | Buffer
  | null
  | readonly Reply[]
  | { nil: 'array' }
  | { map: readonly (readonly [Reply, Reply])[] }
  | { set: readonly Reply[] }
  | { text: string }
  | { error: string }

export type Protocol = 2 | 3

/** A refused command; its message begins with the error's code: `ERR syntax error`. */
export class ReplyError extends Error {}

/** One reply on the wire. */
export function encodeReply(reply: Reply, protocol: Protocol): Buffer {
  const parts: Buffer[] = []
  write(reply, protocol, parts)
  return Buffer.concat(parts)
}

function write(reply: Reply, protocol: Protocol, parts: Buffer[]): void {
  const isNew = protocol === 3
  // Latin1 keeps the bytes of keys and arguments that errors quote.
  const line = (text: string) => parts.push(Buffer.from(`${text}\r\n`, 'latin1'))
  const all = (head: string, replies: readonly Reply[]) => {
    line(head)
    for (const one of replies) write(one, protocol, parts)
  }
  if (reply === null) line(isNew ? '_' : '$-1')
  else if (typeof reply === 'string') line(`+${reply}`)
  else if (typeof reply === 'number' || typeof reply === 'bigint') line(`:${reply}`)
  else if (Buffer.isBuffer(reply)) {
    line(`$${reply.length}`)
    parts.push(reply, lineEnd)
  } else if (isList(reply)) all(`*${reply.length}`, reply)
  else if ('nil' in reply) line(isNew ? '_' : '*-1')
  else if ('map' in reply) all(isNew ? `%${reply.map.length}` : `*${reply.map.length * 2}`, reply.map.flat())
  else if ('set' in reply) all(`${isNew ? '~' : '*'}${reply.set.length}`, reply.set)
  else if ('error' in reply) line(`-${reply.error.replace(/[\r\n]/g, ' ')}`)
  else if (isNew) line(`=${Buffer.byteLength(reply.text) + 4}\r\ntxt:${reply.text}`)
  else write(Buffer.from(reply.text), protocol, parts)
}

const lineEnd = Buffer.from('\r\n')

/** `Array.isArray` does not tell readonly lists from the rest of a union. */
function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply)
}
