// The front page of a shop: a large shell of mostly client components, each in its own chunk, like a carousel, a menu, a cart and a search.
// Its parts are written before the build (bench/storefront/storefront.ts).

import { Counter } from '../counter'
import { Hole } from '../hole'
import { prose } from '../text'
import { Parts } from './parts'

const PRODUCTS = 60

export default function Page() {
  return (
    <>
      <h1>Everything for the coast</h1>
      <p className="lead">
        Lamps, tables, ropes and charts for every harbour of the coast, from the same workshops that the pilots buy
        from, in stock and with you in two days.
      </p>
      <Counter />
      <Hole />
      <Parts />
      <ul>
        {Array.from({ length: PRODUCTS }, (_none, at) => (
          <li key={at}>
            <a href={`/products/${at}`}>
              <svg viewBox="0 0 60 60" width="60" height="60" aria-hidden="true">
                <rect width="60" height="60" fill={`hsl(${at * 6} 40% 70%)`} />
                <circle cx="30" cy="30" r={10 + (at % 15)} fill={`hsl(${at * 6} 40% 40%)`} />
              </svg>
              <b>{prose(3, at + 1)}</b> <span>{prose(40, at + 100)}</span> <i>{9 + at}.95</i>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
