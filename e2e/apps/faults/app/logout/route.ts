export function GET(): Response {
  return new Response('bye', { headers: { 'clear-site-data': '"cookies", "storage"' } })
}
