export function GET(): Response {
  return new Response('feed', { headers: { 'content-type': 'text/plain' } })
}
