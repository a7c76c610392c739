// Proves for which of the network's pages the worker asks for a record.

import { expect, it } from 'vitest'

import { ELSEWHERE } from '../../protocol/build/route-match.ts'
import { mayHaveRecord } from './find-record.ts'

const page = (headers: HeadersInit = {}, status = 200): Response => new Response('page', { status, headers })

it.each(['x-nextjs-prerender', 'x-nextjs-postponed', 'x-nextjs-cache'])(
  'asks at an address without a page if `%s` says that one was prerendered',
  (name) => {
    const navigation = { keys: ['/featured', ELSEWHERE] } as const
    expect(mayHaveRecord(page({ [name]: '1' }), navigation)).toBe(true)
    expect(mayHaveRecord(page(), navigation)).toBe(false)
    expect(mayHaveRecord(page({ [name]: '1' }, 404), navigation)).toBe(false)
  },
)

it('asks for every page that the table names', () => {
  expect(mayHaveRecord(page(), { keys: ['/p/a', '/p/[slug]'] })).toBe(true)
  expect(mayHaveRecord(page({}, 500), { keys: ['/p/a', '/p/[slug]'] })).toBe(false)
})
