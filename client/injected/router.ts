// Fills the holes of a page without our component, through the router that Next puts on `window.next`.
//
//   must not call the router before React has hydrated the page: Next's router throws until then;
//   must reload the page if there is no such router: it is not documented.

import { noteFilled } from '../handle.ts'
import { OPEN_HOLE } from '../open-holes.ts'
import { reloadOnceAMinute } from '../page-scripts/reload.ts'

/** How long React may take to hydrate a page whose network is back, and how often we check: there is no event for it. */
const HYDRATED_WITHIN_MS = 10_000
const LOOK_MS = 50

type Router = { readonly refresh: () => void }

/** Resolves when the holes of the page are filled, or when the page is about to reload. */
export async function refreshThroughRouter(): Promise<void> {
  const router = await untilHydrated()
  if (!router) return reloadOnceAMinute()
  router.refresh()
  await untilFilled()
  noteFilled()
}

async function untilHydrated(): Promise<Router | undefined> {
  for (let waited = 0; waited < HYDRATED_WITHIN_MS; waited += LOOK_MS) {
    const router = findRouter()
    // React marks the elements that it has hydrated. One task later they are committed.
    if (router && Object.keys(document.body).some((name) => name.startsWith('__reactFiber$'))) return router
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return undefined
}

function findRouter(): Router | undefined {
  const next: unknown = Reflect.get(self, 'next')
  const router: unknown = typeof next === 'object' && next !== null ? Reflect.get(next, 'router') : undefined
  return isRouter(router) ? router : undefined
}

function isRouter(value: unknown): value is Router {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'refresh') === 'function'
}

function untilFilled(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.querySelector(OPEN_HOLE)) return
      observer.disconnect()
      resolve()
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { childList: true, subtree: true })
    look()
  })
}
