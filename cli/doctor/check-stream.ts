// Checks whether a page arrives as the server writes it, or whether a host buffers responses or compresses them badly.

import type { ShellRecord } from '../../protocol/record/record.ts'
import type { Answer } from './ask.ts'
import { pass, type Finding } from './checks.ts'

/** If a response is complete within this many milliseconds, it is too fast to tell whether a host buffered it. */
const TOO_FAST = 150

/** Bytes that arrive in the last tenth of a response's time have waited for its end. */
const LATE = 0.9

/** In bytes. A response that fits into one packet is just as fast uncompressed. */
const WORTH = 1400

/** @param page - The whole page, requested uncompressed. The server writes its shell before its holes. */
export function checkStreaming(resumed: Answer, page: Answer): Finding {
  const name = 'streaming'
  if (resumed.headers['content-length'] !== undefined)
    return {
      name,
      status: 'fail',
      message: 'The response has a `Content-Length`: some host buffers it before it sends it on.',
      fix: 'Turn buffering off there (nginx: `proxy_buffering off`, or `X-Accel-Buffering: no`).',
    }
  if (page.endAfter < TOO_FAST) return { name, status: 'warn', message: 'The holes came too fast to tell.' }
  if (isLate(page.firstAfter, page)) return collected(`The shell came after ${timeOf(page.firstAfter, page)}.`)
  if (isLate(resumed.headAfter, resumed))
    return collected(`The headers of the holes came after ${timeOf(resumed.headAfter, resumed)}.`)
  return pass(name, `The shell came after ${timeOf(page.firstAfter, page)}.`)

  function collected(message: string): Finding {
    return { name, status: 'warn', message, fix: 'Look for a host that buffers responses before it sends them on.' }
  }
}

/** @param compressed - The whole page as a browser requests it. @param page - The same page, requested uncompressed. */
export function checkCompression(compressed: Answer, page: Answer, published: Answer, { shell }: ShellRecord): Finding {
  const name = 'compression'
  const encoding = compressed.headers['content-encoding']
  if (encoding !== undefined && isLate(compressed.firstAfter, compressed) && !isLate(page.firstAfter, page))
    return {
      name,
      status: 'fail',
      message: `As ${encoding} the shell comes after ${timeOf(compressed.firstAfter, compressed)}, uncompressed after ${timeOf(page.firstAfter, page)}.`,
      fix: 'Make the host that compresses flush what it has, or leave compression to `next start`, which does.',
    }
  const plain = [
    ...(encoding === undefined && shell.length > WORTH ? ['pages'] : []),
    ...(published.headers['content-encoding'] === undefined && published.body.length > WORTH ? ['records'] : []),
  ]
  if (plain.length > 0)
    return {
      name,
      status: 'warn',
      message: `Uncompressed: ${plain.join(' and ')}.`,
      fix: 'Let a host compress text/html and text/plain.',
    }
  return pass(name, encoding === undefined ? 'Too little to need any.' : `Pages come as ${encoding}, without a delay.`)
}

function isLate(at: number, { endAfter }: Answer): boolean {
  return endAfter >= TOO_FAST && at >= endAfter * LATE
}

function timeOf(at: number, { endAfter }: Answer): string {
  return `${at.toFixed(0)} of ${endAfter.toFixed(0)} ms`
}
