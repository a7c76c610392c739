// Collects what pages report of themselves (components/reports.tsx), one line each. Everybody can post here: what is too long or no
// JSON is dropped, and `next-shell-cache report` leaves out what is no report.

import { appendFile } from 'node:fs/promises'

const LONGEST = 4096

export async function POST(request: Request): Promise<Response> {
  const file = process.env.SHOP_REPORTS
  const text = await bodyOf(request)
  const report = text === undefined ? undefined : parse(text)
  if (!file || report === undefined) return new Response(null, { status: 400 })
  await appendFile(file, `${JSON.stringify(report)}\n`)
  return new Response(null, { status: 204 })
}

/** Undefined where it is longer than a report: what is left of it is not read. */
async function bodyOf({ body }: Request): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > LONGEST) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
