// Proves that only the requests for documents are counted.

import { expect, it } from 'vitest'

import { askedIn, isDocument } from './requests.ts'

it('finds the path where a request begins, and none in a body', () => {
  expect(askedIn(Buffer.from('GET /small?sort=up HTTP/1.1\r\nhost: a\r\n\r\n'))).toBe('GET /small?sort=up')
  expect(askedIn(Buffer.from('POST /small HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc'))).toBe('POST /small')
  expect(askedIn(Buffer.from('sort=up and GET /small HTTP/1.1\r\n'))).toBeUndefined()
})

it('counts pages, their rests and redirects, not scripts, data of the package or the worker', () => {
  expect(['GET /small', 'POST /small', 'GET /moved', 'GET /'].every(isDocument)).toBe(true)
  expect(['GET /_next/static/chunks/a.js', 'GET /sw.js', 'GET /favicon.ico'].some(isDocument)).toBe(false)
})
