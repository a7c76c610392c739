// Lets only members in.

import { NextResponse, type NextRequest } from 'next/server'

export function proxy(request: NextRequest): NextResponse {
  const isMember = request.cookies.has('session')
  return isMember ? NextResponse.next() : NextResponse.redirect(new URL('/whole', request.url))
}

export const config = { matcher: ['/account'] }
