// Lets only members in.

import { type NextRequest, NextResponse } from 'next/server'

export const config = { matcher: '/members' }

export function proxy(request: NextRequest) {
  if (request.cookies.has('member')) return NextResponse.next()
  return NextResponse.redirect(new URL('/login', request.url))
}
