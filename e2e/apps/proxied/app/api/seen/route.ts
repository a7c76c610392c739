import { connection } from 'next/server'

import { readSeen } from '../../../seen'

export async function GET(): Promise<Response> {
  await connection()
  return Response.json(readSeen())
}
