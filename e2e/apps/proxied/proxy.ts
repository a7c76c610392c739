import { NextResponse, type NextRequest } from 'next/server'

export function proxy(request: NextRequest): NextResponse {
  const known = request.cookies.has('session')
  return known ? NextResponse.next() : NextResponse.redirect(new URL('/login', request.url))
}

export const config = { matcher: ['/account', '/team/:name'] }
