import { connection } from 'next/server'

import { readStreams } from '../../../streams'

export async function GET(): Promise<Response> {
  await connection()
  return Response.json(readStreams())
}
