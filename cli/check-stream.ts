// Whether a page comes as it is written: what a host that collects answers, or compresses them badly, does to it. Called by doctor.ts.

import type { ResumingRecord } from '../protocol/record.ts'
import type { Answer } from './ask.ts'
import { fine, type Finding } from './checks.ts'

/** Below this many milliseconds for a whole answer nobody can tell whether it was held back. */
const TOO_FAST = 150

/** What comes in the last tenth of an answer's time has waited for its end. */
const LATE = 0.9

/** @param page - The whole page, asked for uncompressed: its shell is there before its holes are. */
export function checkStreaming(resumed: Answer, page: Answer): Finding {
  const name = 'streaming'
  if (resumed.headers['content-length'] !== undefined)
    return {
      name,
      verdict: 'mend',
      found: 'The answer has a `Content-Length`: some host collects it before it sends it on.',
      todo: 'Turn buffering off there (nginx: `proxy_buffering off`, or `X-Accel-Buffering: no`).',
    }
  if (page.endAfter < TOO_FAST) return { name, verdict: 'unclear', found: 'The holes came too fast to tell.' }
  const held = [
    ...(isLate(resumed.headAfter, resumed)
      ? [`the head of the holes after ${timeOf(resumed.headAfter, resumed)}`]
      : []),
    ...(isLate(page.firstAfter, page) ? [`the shell after ${timeOf(page.firstAfter, page)}`] : []),
  ]
  if (held.length === 0) return fine(name, `The shell came after ${timeOf(page.firstAfter, page)}.`)
  return {
    name,
    verdict: 'unclear',
    found: `What is sent first comes last: ${held.join(', ')}.`,
    todo: 'Look for a host that collects answers before it sends them on.',
  }
}

/** @param compressed - The whole page as a browser asks for it. @param page - The same, asked for uncompressed. */
export function checkCompression(
  compressed: Answer,
  page: Answer,
  published: Answer,
  { shell }: ResumingRecord,
): Finding {
  const name = 'compression'
  const encoding = compressed.headers['content-encoding']
  if (encoding !== undefined && isLate(compressed.firstAfter, compressed) && !isLate(page.firstAfter, page))
    return {
      name,
      verdict: 'mend',
      found: `As ${encoding} the shell comes after ${timeOf(compressed.firstAfter, compressed)}, uncompressed after ${timeOf(page.firstAfter, page)}.`,
      todo: 'Have the host that compresses flush what it has, or leave it to `next start`, which does.',
    }
  const plain = [
    ...(encoding === undefined && shell.length > WORTH ? ['pages'] : []),
    ...(published.headers['content-encoding'] === undefined && published.body.length > WORTH ? ['records'] : []),
  ]
  if (plain.length === 0)
    return fine(name, `Pages come as ${encoding ?? 'they are'}, no later for that; so do records.`)
  return {
    name,
    verdict: 'unclear',
    found: `Uncompressed: ${plain.join(' and ')}.`,
    todo: 'Have a host compress text/html and text/plain.',
  }
}

/** Bytes. What fits into one packet is as fast uncompressed. */
const WORTH = 1400

function isLate(at: number, { endAfter }: Answer): boolean {
  return endAfter >= TOO_FAST && at >= endAfter * LATE
}

function timeOf(at: number, { endAfter }: Answer): string {
  return `${at.toFixed(0)} of ${endAfter.toFixed(0)} ms`
}
