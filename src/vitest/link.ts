import { type Link, openLink } from '../engines/link.ts'

/** The way to a server as a fixture, one for each test that asks for it: `base.extend({ db: faultyLink('tcp://127.0.0.1:5432') })` */
export function faultyLink(upstream: string) {
  // eslint-disable-next-line no-empty-pattern
  return async ({}: object, use: (link: Link) => Promise<void>) => {
    await using link = await openLink(upstream)
    await use(link)
  }
}
