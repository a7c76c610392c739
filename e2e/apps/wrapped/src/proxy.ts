import { NextResponse, type NextRequest } from 'next/server'

export function proxy(request: NextRequest): NextResponse {
  return request.cookies.has('session') ? NextResponse.next() : NextResponse.redirect(new URL('/', request.url))
}

export const config = { matcher: ['/account'] }
