// Does everything that a proxy can do to a page: let it through with other headers and cookies, redirect, rewrite, answer itself, fail.

import { NextResponse, type NextRequest } from 'next/server'

import { noteSeen } from './seen'

export function proxy(request: NextRequest): NextResponse | Response {
  const { pathname } = request.nextUrl
  if (pathname.startsWith('/echo/')) return echo(request)
  if (pathname.startsWith('/seen/')) return seen(request)
  if (pathname === '/ab') return NextResponse.rewrite(new URL(`/ab/${variantOf(request)}`, request.url))
  if (pathname === '/site') return NextResponse.rewrite(new URL('/site/en', request.url))
  if (pathname === '/elsewhere') return NextResponse.rewrite(request.cookies.get('elsewhere')?.value ?? request.url)
  const session = request.cookies.get('session')?.value
  if (session === 'banned') return new Response('You are banned.', { status: 403 })
  if (session === 'broken') throw new Error('the proxy is broken')
  if (session === undefined) return toLogin(request)
  return member(request, session)
}

/** Tells the page what the proxy saw. */
function echo(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers)
  const { method, url } = request
  headers.set('x-proxy-saw', JSON.stringify({ method, url, headers: Object.fromEntries(request.headers) }))
  return NextResponse.next({ request: { headers } })
}

/** Lets everybody through, to the page itself or, for an address without a page, to a rewrite. */
function seen({ headers, nextUrl, url }: NextRequest): NextResponse {
  noteSeen(headers)
  if (nextUrl.pathname !== '/seen/elsewhere') return NextResponse.next()
  return NextResponse.rewrite(new URL(`/seen/gated${nextUrl.search}`, url))
}

const variantOf = (request: NextRequest): string => request.cookies.get('variant')?.value ?? 'a'

function toLogin(request: NextRequest): NextResponse {
  const response = NextResponse.redirect(new URL(`/login?from=${request.nextUrl.pathname}`, request.url))
  response.cookies.set('from', request.nextUrl.pathname)
  return response
}

function member(request: NextRequest, session: string): NextResponse {
  const headers = new Headers(request.headers)
  headers.set('x-member', session)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('x-greeting', `hello ${session}`)
  response.headers.set('content-security-policy', "frame-ancestors 'none'")
  response.cookies.set('seen', 'yes')
  return response
}

export const config = {
  matcher: [
    '/account',
    '/terms',
    '/team/:name',
    '/echo/:path*',
    '/seen/:path*',
    '/ab',
    '/vouched',
    '/elsewhere',
    '/site',
  ],
}
