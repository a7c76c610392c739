import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler({ method }: NextApiRequest, response: NextApiResponse): void {
  response.status(method === 'GET' ? 200 : 201).json({ method })
}
