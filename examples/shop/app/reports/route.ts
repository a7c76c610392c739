// Collects what pages report about themselves (components/reports.tsx), one line each. Anyone can post here, so a body that is too long
// or not JSON is dropped, and `next-shell-cache report` ignores lines that are not reports.

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

/** Undefined if the body is longer than a report can be. The remaining part is not read. */
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
