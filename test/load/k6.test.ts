import { expect, test } from 'vitest'
import { askVersion, findPart } from '../../src/core/parts.ts'
import { k6Load } from '../../src/load/driver/k6.ts'
import { interaction, plays } from './plays.ts'
import { roughServer, whole } from './rough-server.ts'

const found = findPart('k6')
if (!found) throw new Error('these tests need k6: npm run parts')
const version = await askVersion('k6', found)
const byK6 = ({ log }: { log: string }) => k6Load({ log, file: found.file, version })
const full = whole(JSON.stringify({ id: 1, comments: [] }), { headers: { 'content-type': 'application/json' } })

test('it plays', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  await using load = await plays(
    {
      stages: [
        { rate: 100, forMs: 1_000 },
        { rate: 200, forMs: 500 },
      ],
      interactions: [interaction('read an article', server.base)],
    },
    byK6,
  )
  const play = await load.play()
  const summary = await play.done
  await (
    await load.play()
  ).done
  expect(summary).toMatchObject({ due: 200, started: 200, answered: 200 })
})
