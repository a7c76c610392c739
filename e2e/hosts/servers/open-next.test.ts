import { expect, it } from 'vitest'

import { originOf } from './open-next.ts'

it('sends a path where the behavior that names most of it says', () => {
  const behaviors = [
    { pattern: '*', origin: 'default' },
    { pattern: '_next/data/*', origin: 'default' },
    { pattern: '_next/*', origin: 's3' },
    { pattern: 'sw.js', origin: 's3' },
  ]
  const origins = ['sw.js', '_next/static/a.js', '_next/data/a.json', 'now', ''].map((path) =>
    originOf(behaviors, path),
  )
  expect(origins).toEqual(['s3', 's3', 'default', 'default', 'default'])
})
