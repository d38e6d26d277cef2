import { splitInline } from '../../src/redis/inline.ts'

/**
 * What both Redises must answer. A line is a command as typed, and its reply as `resp-client.ts` shows it; `…` stands for
 * whatever is there. `WAIT 40` lets 40 ms pass. Each script starts on an empty server, on a connection of its own.
 */
export const scripts: Record<string, string> = {
  'strings are set and read': String.raw`
    GET a                                 → nil
    SET a 1                               → +OK
    GET a                                 → "1"
    set a "two words"                     → +OK
    GET a                                 → "two words"
    SET a ""                              → +OK
    GET a                                 → ""
    SET a "\x00\xff\r\n"                  → +OK
    GET a                                 → "\u0000ÿ\r\n"
    GETDEL a                              → "\u0000ÿ\r\n"
    GETDEL a                              → nil
    MSET a 1 b 2 c 3                      → +OK
    MGET a nope c a                       → ["1" nil "3" "1"]
    TYPE a                                → +string`,

  'options of SET': `
    SET a 1 XX                            → nil
    SET a 1 NX                            → +OK
    SET a 2 nx                            → nil
    GET a                                 → "1"
    SET a 3 XX                            → +OK
    SET a 4 GET                           → "3"
    SET a 5 NX GET                        → "4"
    SET b 5 NX GET                        → nil
    SET b 6 XX GET                        → "5"
    MGET a b                              → ["4" "6"]
    SET a 1 EX 100                        → +OK
    TTL a                                 → :100
    SET a 2 KEEPTTL                       → +OK
    TTL a                                 → :100
    SET a 3                               → +OK
    TTL a                                 → :-1
    SET a 1 PX 100000 XX GET              → "3"
    TTL a                                 → :100
    SET a 1 EXAT 9999999999               → +OK
    TTL a                                 → :…
    SET a 1 PXAT 1                        → +OK
    GET a                                 → nil
    SET a 1 FOO                           → -ERR syntax error
    SET a 1 EX                            → -ERR syntax error
    SET a 1 NX XX                         → -ERR syntax error
    SET a 1 EX 10 PX 10                   → -ERR syntax error
    SET a 1 EX 10 KEEPTTL                 → -ERR syntax error
    SET a 1 EX x                          → -ERR value is not an integer or out of range
    SET a 1 EX 0                          → -ERR invalid expire time in 'set' command
    SET a 1 PX -1                         → -ERR invalid expire time in 'set' command
    SET a 1 EX 9223372036854775807        → -ERR invalid expire time in 'set' command
    SET a 1 PX 9223372036854775807        → -ERR invalid expire time in 'set' command
    EXISTS a                              → :0`,

  'keys expire': `
    TTL a                                 → :-2
    PTTL a                                → :-2
    SETEX a 100 x                         → +OK
    TTL a                                 → :100
    PTTL a                                → :…
    EXPIRE a 50                           → :1
    TTL a                                 → :50
    EXPIRE nope 50                        → :0
    SET b 1                               → +OK
    PTTL b                                → :-1
    EXPIRE b 10 XX                        → :0
    EXPIRE b 10 GT                        → :0
    EXPIRE b 10 LT                        → :1
    EXPIRE b 20 LT                        → :0
    EXPIRE b 20 gt                        → :1
    EXPIRE b 30 NX                        → :0
    EXPIRE b 40 XX LT                     → :0
    PEXPIRE b 30000 XX                    → :1
    TTL b                                 → :30
    EXPIRE b -1                           → :1
    EXISTS b                              → :0
    SET c 1 PX 10                         → +OK
    RPUSH d 1                             → :1
    PEXPIRE d 10                          → :1
    SET e 1 PX 10                         → +OK
    WAIT 40
    GET c                                 → nil
    TTL c                                 → :-2
    TYPE d                                → +none
    LLEN d                                → :0
    INCR e                                → :1
    TTL e                                 → :-1
    KEYS *                                → ["a" "e"]
    SETEX a 0 x                           → -ERR invalid expire time in 'setex' command
    SETEX a x x                           → -ERR value is not an integer or out of range
    EXPIRE a x                            → -ERR value is not an integer or out of range
    EXPIRE a 9223372036854775807          → -ERR invalid expire time in 'expire' command
    EXPIRE a -9223372036854775808         → -ERR invalid expire time in 'expire' command
    PEXPIRE a 9223372036854775807         → -ERR invalid expire time in 'pexpire' command
    EXPIRE a 10 Foo                       → -ERR Unsupported option Foo
    EXPIRE a 10 NX XX                     → -ERR NX and XX, GT or LT options at the same time are not compatible
    EXPIRE a 10 GT LT                     → -ERR GT and LT options at the same time are not compatible`,

  'numbers count': `
    INCR n                                → :1
    INCR n                                → :2
    INCRBY n 40                           → :42
    INCRBY n -2                           → :40
    DECR n                                → :39
    DECR m                                → :-1
    GET n                                 → "39"
    EXPIRE n 100                          → :1
    INCR n                                → :40
    TTL n                                 → :100
    SET n 9223372036854775807             → +OK
    INCR n                                → -ERR increment or decrement would overflow
    DECR n                                → :9223372036854775806
    SET n -9223372036854775808            → +OK
    DECR n                                → -ERR increment or decrement would overflow
    INCRBY n 9223372036854775808          → -ERR value is not an integer or out of range
    INCRBY n 1.5                          → -ERR value is not an integer or out of range
    SET n " 1"                            → +OK
    INCR n                                → -ERR value is not an integer or out of range
    SET n 01                              → +OK
    INCR n                                → -ERR value is not an integer or out of range
    SET n -0                              → +OK
    INCR n                                → -ERR value is not an integer or out of range`,

  hashes: `
    HSET h a 1 b 2                        → :2
    HSET h b 3 c 4                        → :1
    HGET h b                              → "3"
    HGET h nope                           → nil
    HGET nope a                           → nil
    HGETALL h                             → ["a" "1" "b" "3" "c" "4"]
    HGETALL nope                          → []
    HDEL h a nope                         → :1
    HDEL nope a                           → :0
    TYPE h                                → +hash
    HDEL h b c                            → :2
    EXISTS h                              → :0
    HSET h a                              → -ERR wrong number of arguments for 'hset' command
    HSET h a 1 b                          → -ERR wrong number of arguments for 'hset' command`,

  sets: `
    SADD s b a b                          → :2
    SADD s c a                            → :1
    SMEMBERS s                            → ["a" "b" "c"]
    SMEMBERS nope                         → []
    SREM s a nope                         → :1
    SREM nope a                           → :0
    TYPE s                                → +set
    SREM s b c                            → :2
    EXISTS s                              → :0`,

  lists: `
    RPUSH l c d                           → :2
    LPUSH l b a                           → :4
    LRANGE l 0 -1                         → ["a" "b" "c" "d"]
    LRANGE l 1 2                          → ["b" "c"]
    LRANGE l -2 -1                        → ["c" "d"]
    LRANGE l -100 100                     → ["a" "b" "c" "d"]
    LRANGE l 3 1                          → []
    LRANGE l 9 10                         → []
    LRANGE l 0 -100                       → []
    LRANGE nope 0 -1                      → []
    LLEN l                                → :4
    LPOP l                                → "a"
    RPOP l                                → "d"
    RPUSH l d e f                         → :5
    LPOP l 2                              → ["b" "c"]
    RPOP l 2                              → ["f" "e"]
    LPOP l 0                              → []
    RPOP l 9                              → ["d"]
    EXISTS l                              → :0
    LPOP l                                → nil
    RPOP l 2                              → nil[]
    LPOP l 0                              → nil[]
    RPUSH l a                             → :1
    TYPE l                                → +list
    LPOP l x                              → -ERR value is out of range, must be positive
    LPOP l -1                             → -ERR value is out of range, must be positive
    LPOP l 1 2                            → -ERR wrong number of arguments for 'lpop' command
    LRANGE l x 1                          → -ERR value is not an integer or out of range
    LRANGE nope 0 y                       → -ERR value is not an integer or out of range`,

  keys: String.raw`
    MSET one 1 two 2 three 3 h[llo 4      → +OK
    DBSIZE                                → :4
    EXISTS one two one nope               → :3
    KEYS *                                → ["h[llo" "one" "three" "two"]
    KEYS t*                               → ["three" "two"]
    KEYS ?n?                              → ["one"]
    KEYS t[a-hz]*                         → ["three"]
    KEYS t[h-a]*                          → ["three"]
    KEYS t[^h]*                           → ["two"]
    KEYS [tx]w?                           → ["two"]
    KEYS "h\\[*"                          → ["h[llo"]
    KEYS "h[\\[]llo"                      → ["h[llo"]
    KEYS h[[]llo                          → ["h[llo"]
    KEYS t*o*                             → ["two"]
    KEYS on                               → []
    KEYS ne                               → []
    KEYS o[]ne                            → []
    KEYS t[h                              → []
    KEYS t[hw                             → []
    KEYS on[e                             → ["one"]
    KEYS on[a-                            → []
    DEL one two nope one                  → :2
    TYPE one                              → +none
    FLUSHDB                               → +OK
    DBSIZE                                → :0`,

  'databases are apart': `
    SET a 1                               → +OK
    SELECT 1                              → +OK
    GET a                                 → nil
    SET a 2                               → +OK
    INFO keyspace                         → "# Keyspace\\r\\ndb0:keys=1,expires=0,avg_ttl=0\\r\\ndb1:keys=1,expires=0,avg_ttl=0\\r\\n"
    FLUSHDB ASYNC                         → +OK
    SELECT 0                              → +OK
    GET a                                 → "1"
    FLUSHALL sync                         → +OK
    GET a                                 → nil
    SELECT 15                             → +OK
    SELECT 16                             → -ERR DB index is out of range
    SELECT -1                             → -ERR DB index is out of range
    SELECT x                              → -ERR value is not an integer or out of range
    FLUSHALL now                          → -ERR syntax error
    FLUSHDB async sync                    → -ERR syntax error`,

  'a key holds one type': `
    SET s x                               → +OK
    RPUSH l x                             → :1
    SADD set x                            → :1
    HSET h x 1                            → :1
    INCR s                                → -ERR value is not an integer or out of range
    GET l                                 → -WRONGTYPE Operation against a key holding the wrong kind of value
    GETDEL h                              → -WRONGTYPE Operation against a key holding the wrong kind of value
    SET l y GET                           → -WRONGTYPE Operation against a key holding the wrong kind of value
    INCR set                              → -WRONGTYPE Operation against a key holding the wrong kind of value
    INCRBY l 1                            → -WRONGTYPE Operation against a key holding the wrong kind of value
    HSET s a 1                            → -WRONGTYPE Operation against a key holding the wrong kind of value
    HGET s a                              → -WRONGTYPE Operation against a key holding the wrong kind of value
    HGETALL l                             → -WRONGTYPE Operation against a key holding the wrong kind of value
    HDEL s a                              → -WRONGTYPE Operation against a key holding the wrong kind of value
    SADD h a                              → -WRONGTYPE Operation against a key holding the wrong kind of value
    SMEMBERS s                            → -WRONGTYPE Operation against a key holding the wrong kind of value
    SREM l a                              → -WRONGTYPE Operation against a key holding the wrong kind of value
    LPUSH s a                             → -WRONGTYPE Operation against a key holding the wrong kind of value
    RPUSH set a                           → -WRONGTYPE Operation against a key holding the wrong kind of value
    LPOP s                                → -WRONGTYPE Operation against a key holding the wrong kind of value
    RPOP h 2                              → -WRONGTYPE Operation against a key holding the wrong kind of value
    LRANGE s 0 1                          → -WRONGTYPE Operation against a key holding the wrong kind of value
    LLEN s                                → -WRONGTYPE Operation against a key holding the wrong kind of value
    MGET s l h                            → ["x" nil nil]
    SET l y                               → +OK
    SETEX h 100 z                         → +OK
    MGET l h                              → ["y" "z"]`,

  'commands it does not know, and wrong numbers of arguments': `
    FOO                                   → -ERR unknown command 'FOO', with args beginning with:${' '}
    foo a "b c"                           → -ERR unknown command 'foo', with args beginning with: 'a' 'b c'${' '}
    "F\\nO" "a\\r\\nb"                    → -ERR unknown command 'F O', with args beginning with: 'a  b'${' '}
    ${'X'.repeat(140)} ${'y'.repeat(100)} ${'z'.repeat(100)} w → -ERR unknown command '${'X'.repeat(128)}', with args beginning with: '${'y'.repeat(100)}' '${'z'.repeat(25)}'${' '}
    constructor                           → -ERR unknown command 'constructor', with args beginning with:${' '}
    GET                                   → -ERR wrong number of arguments for 'get' command
    Get a b                               → -ERR wrong number of arguments for 'get' command
    SET a                                 → -ERR wrong number of arguments for 'set' command
    MSET a                                → -ERR wrong number of arguments for 'mset' command
    MSET a 1 b                            → -ERR wrong number of arguments for 'mset' command
    ECHO                                  → -ERR wrong number of arguments for 'echo' command
    PING a b                              → -ERR wrong number of arguments for 'ping' command
    DBSIZE x                              → -ERR wrong number of arguments for 'dbsize' command
    TIME x                                → -ERR wrong number of arguments for 'time' command
    DEL                                   → -ERR wrong number of arguments for 'del' command
    SETEX a 1                             → -ERR wrong number of arguments for 'setex' command`,

  'a connection introduces itself': `
    PING                                  → +PONG
    PING "a b"                            → "a b"
    ECHO a                                → "a"
    TIME                                  → ["…" "…"]
    CLIENT ID                             → :…
    CLIENT GETNAME                        → nil
    CLIENT SETNAME me                     → +OK
    CLIENT GETNAME                        → "me"
    client setname ""                     → +OK
    CLIENT GETNAME                        → nil
    CLIENT SETNAME "a b"                  → -ERR Client names cannot contain spaces, newlines or special characters.
    CLIENT SETNAME                        → -ERR wrong number of arguments for 'client|setname' command
    CLIENT ID 2                           → -ERR wrong number of arguments for 'client|id' command
    CLIENT                                → -ERR wrong number of arguments for 'client' command
    CLIENT Foo                            → -ERR unknown subcommand 'Foo'. Try CLIENT HELP.
    AUTH x                                → -ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?
    AUTH default x                        → +OK
    AUTH me x                             → -WRONGPASS invalid username-password pair or user is disabled.
    AUTH                                  → -ERR wrong number of arguments for 'auth' command
    AUTH a b c                            → -ERR syntax error
    INFO nope                             → ""
    INFO replication                      → "# Replication\\r\\nrole:master\\r\\nconnected_slaves:0\\r\\n…"
    QUIT                                  → +OK`,

  'RESP2 and RESP3': `
    HELLO                                 → ["server" "redis" "version" "…" "proto" :2 "id" :… "mode" "standalone" "role" "master" "modules" []]
    HELLO 3                               → {"server" "redis" "version" "…" "proto" :3 "id" :… "mode" "standalone" "role" "master" "modules" []}
    GET nope                              → _
    MGET nope                             → [_]
    LPOP nope                             → _
    LPOP nope 2                           → _
    HSET h a 1                            → :1
    HGETALL h                             → {"a" "1"}
    HGETALL nope                          → {}
    SADD s a b                            → :2
    SMEMBERS s                            → ~["a" "b"]
    SMEMBERS nope                         → ~[]
    KEYS *                                → ["h" "s"]
    CLIENT GETNAME                        → _
    INFO keyspace                         → txt"# Keyspace\\r\\ndb0:keys=2,expires=0,avg_ttl=0\\r\\n"
    HELLO                                 → {"server" "redis" "version" "…" "proto" :3 "id" :… "mode" "standalone" "role" "master" "modules" []}
    HELLO 4                               → -NOPROTO unsupported protocol version
    HELLO abc                             → -ERR Protocol version is not an integer or out of range
    HELLO 2 FOO                           → -ERR Syntax error in HELLO option 'FOO'
    HELLO 2 AUTH a                        → -ERR Syntax error in HELLO option 'AUTH'
    HELLO 2 AUTH me x                     → -WRONGPASS invalid username-password pair or user is disabled.
    HGETALL h                             → {"a" "1"}
    HELLO 2 AUTH default x SETNAME me     → ["server" "redis" "version" "…" "proto" :2 "id" :… "mode" "standalone" "role" "master" "modules" []]
    CLIENT GETNAME                        → "me"
    HGETALL h                             → ["a" "1"]
    GET nope                              → nil`,

  // All that the services, their client and our probes send (shop.test.ts listens). A Redis before 7.2 knows no SETINFO,
  // and ioredis does not mind.
  'what the shop sends': String.raw`
    hello 3                               → {"server" "redis" "version" "…" "proto" :3 "id" :… "mode" "standalone" "role" "master" "modules" []}
    client SETINFO LIB-VER 6.0.0          → …
    client SETINFO LIB-NAME ioredis       → …
    info                                  → txt"# Server\r\nredis_version:…\r\nloading:0\r\n…\r\nrole:master\r\n…"
    set session:abc ada EX 3600           → +OK
    get session:abc                       → "ada"
    get session:nobody                    → _
    set album:1 '{"id":1}' PX 2000        → +OK
    get album:1                           → "{\"id\":1}"
    ping                                  → +PONG
    PING brownout-canary                  → "brownout-canary"
    QUIT                                  → +OK`,

  transactions: `
    MULTI                                 → +OK
    SET a 1                               → +QUEUED
    INCR a                                → +QUEUED
    LPUSH a x                             → +QUEUED
    GET a                                 → +QUEUED
    PING                                  → +QUEUED
    SELECT 1                              → +QUEUED
    EXEC                                  → [+OK :2 -WRONGTYPE Operation against a key holding the wrong kind of value "2" +PONG +OK]
    GET a                                 → nil
    SELECT 0                              → +OK
    MULTI                                 → +OK
    EXEC                                  → []
    MULTI                                 → +OK
    MULTI                                 → -ERR MULTI calls can not be nested
    SET a 5                               → +QUEUED
    DISCARD                               → +OK
    GET a                                 → "2"
    MULTI                                 → +OK
    SET a 6                               → +QUEUED
    FOO                                   → -ERR unknown command 'FOO', with args beginning with:${' '}
    EXEC                                  → -EXECABORT Transaction discarded because of previous errors.
    MULTI                                 → +OK
    GET                                   → -ERR wrong number of arguments for 'get' command
    EXEC                                  → -EXECABORT Transaction discarded because of previous errors.
    GET a                                 → "2"
    EXEC                                  → -ERR EXEC without MULTI
    DISCARD                               → -ERR DISCARD without MULTI
    MULTI x                               → -ERR wrong number of arguments for 'multi' command
    MULTI                                 → +OK
    QUIT                                  → +OK`,
}

/** A command, as typed and as arguments, and the reply that is expected. */
export interface Line {
  typed: string
  args: Buffer[]
  expected: string
}

export function linesOf(script: string): Line[] {
  return script
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [typed = '', expected = ''] = line.split(/ *→ /)
      return { typed: typed.trim(), args: splitInline(typed), expected }
    })
}
