// The page of both sizes: a heading, a lead that is the largest paint, a counter, the hole, and a number of paragraphs after it.

import { Counter } from './counter'
import { Hole } from './hole'
import { prose } from './text'

export function PageOf({ paragraphs }: { readonly paragraphs: number }) {
  return (
    <>
      <h1>Tide tables</h1>
      <p className="lead">
        High and low water for every harbour of the coast, worked out from the same gauges that the pilots read, with
        the wind of the last six hours taken into account and the next spring tide marked in advance.
      </p>
      <Counter />
      <Hole />
      {Array.from({ length: paragraphs }, (_none, at) => (
        <p key={at}>{prose(100, at + 1)}</p>
      ))}
    </>
  )
}
