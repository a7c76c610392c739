// A page with a web worker, in the form that Next documents.

import { Crunch } from './crunch'

export default function Page() {
  return (
    <main>
      <h1>Crunch</h1>
      <Crunch />
    </main>
  )
}
