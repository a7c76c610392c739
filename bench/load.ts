// Puts one slice of load on a running server: a number of responses, and the CPU time of its processes for them. It is a number and not a
// time, so that no response is still open at the ends of a slice and counts in another arm.
//
//   must reject a slice in which a response failed or was not the expected one: a refusal is cheap.

import { readdir, readFile } from 'node:fs/promises'

import autocannon from 'autocannon'

import type { RunningServer } from '../e2e/harness/servers/server.ts'

export type Load = {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly headers: Record<string, string>
  readonly status: number
  /** The number of responses in a slice. */
  readonly amount: number
}

/** Milliseconds of CPU time for each response, responses in a second, and bytes of a response with its head. */
export type Slice = { readonly cpu: number; readonly rate: number; readonly bytes: number }

const CONNECTIONS = 8

export async function loadServer(server: RunningServer, load: Load): Promise<Slice> {
  const before = await cpuTimeOf(server.pid)
  const began = performance.now()
  const { status, path, amount, ...request } = load
  const url = `http://localhost:${server.port}${path}`
  let ended = began
  const answers = await autocannon({
    ...request,
    url,
    amount,
    connections: CONNECTIONS,
    timeout: SECONDS_TO_ANSWER,
    // autocannon itself ends only at a full second.
    setupClient: (client) => void client.on('response', () => (ended = performance.now())),
  })
  const cpu = (await cpuTimeOf(server.pid)) - before
  const count = answers.statusCodeStats?.[`${status}`]?.count ?? 0
  if (answers.errors > 0 || answers.timeouts > 0 || count !== amount) {
    throw new Error(`${load.method} ${path}: ${count} of ${amount} had ${status}, ${answers.errors} failed`)
  }
  return {
    cpu: cpu / count,
    rate: (count / (ended - began)) * 1000,
    bytes: answers.throughput.total / answers.requests.total,
  }
}

/** A shared machine may take long for a response; that is no failure of what is measured. */
const SECONDS_TO_ANSWER = 60

/** Linux counts CPU time in these ticks for every program (`USER_HZ`). */
const MILLISECONDS_A_TICK = 10

/** The CPU time of all processes of a group, in milliseconds, in user and in kernel mode. */
async function cpuTimeOf(group: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const times = await Promise.all(pids.map((pid) => ticksOf(pid, group)))
  return times.reduce((sum, ticks) => sum + ticks, 0) * MILLISECONDS_A_TICK
}

/** `proc_pid_stat(5)`: after the name in brackets come state, parent and group; utime and stime are fields 14 and 15. */
async function ticksOf(pid: string, group: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[2]) === group ? Number(fields[11]) + Number(fields[12]) : 0
}
