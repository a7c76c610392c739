// One slice of load on a running server: a number of answers, and the CPU time that its processes took for them. A number and not a time,
// so that what is under way at its ends is counted in no arm.
//
//   must count no slice in which an answer failed, or was another one than was asked for: a refusal is cheap.

import { readdir, readFile } from 'node:fs/promises'

import autocannon from 'autocannon'

import type { RunningServer } from '../e2e/harness/servers/server.ts'

export type Load = {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly headers: Record<string, string>
  readonly status: number
  /** Answers of a slice. */
  readonly amount: number
}

/** Milliseconds of CPU time an answer, answers a second, and bytes of an answer with its head. */
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
    // autocannon itself ends with a whole second.
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

/** A machine that others use may take long for one; that is no failure of what is measured. */
const SECONDS_TO_ANSWER = 60

/** Linux counts in these for every program (`USER_HZ`). */
const MILLISECONDS_A_TICK = 10

/** Of all processes of a group, in milliseconds, in the server's own code and in the kernel's for it. */
async function cpuTimeOf(group: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const times = await Promise.all(pids.map((pid) => ticksOf(pid, group)))
  return times.reduce((sum, ticks) => sum + ticks, 0) * MILLISECONDS_A_TICK
}

/** `proc_pid_stat(5)`: after the name in brackets come state, parent and group; utime and stime are the 14th and 15th of all. */
async function ticksOf(pid: string, group: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[2]) === group ? Number(fields[11]) + Number(fields[12]) : 0
}
