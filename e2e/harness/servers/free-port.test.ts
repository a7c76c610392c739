import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { freePort } from './free-port.ts'
import { openReservations } from './port-reservations.ts'

let folder: string

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'shell-cache-ports-test-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('gives a port to one run alone', () => {
  const [one, other] = [openReservations(folder), openReservations(folder)]
  expect(one.reserve(20_000)).toBe(true)
  expect(other.reserve(20_000)).toBe(false)
  expect(one.reserve(20_000)).toBe(false)
  expect(other.reserve(20_001)).toBe(true)
})

it('gives a port again that a killed run had', () => {
  writeFileSync(join(folder, '20000'), JSON.stringify({ pid: process.pid, birth: 'of another process of that number' }))
  writeFileSync(join(folder, '20001'), '')
  const reservations = openReservations(folder)
  expect(reservations.reserve(20_000)).toBe(true)
  // An empty file may be one that is being written.
  expect(reservations.reserve(20_001)).toBe(false)
  expect(readdirSync(folder)).toHaveLength(2)
})

it('passes over a port that something listens at, by either name', async () => {
  for (const host of ['localhost', '127.0.0.1']) {
    const port = await freePort()
    const server = createServer().listen(port + 1, host)
    await once(server, 'listening')
    expect(await freePort()).toBeGreaterThan(port + 1)
    server.close()
    await once(server, 'close')
  }
})
