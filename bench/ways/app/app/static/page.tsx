// A page without a hole.

import { Counter } from '../counter'
import { prose } from '../text'

export default function Page() {
  return (
    <>
      <h1>Imprint</h1>
      <Counter />
      <p>{prose(200, 7)}</p>
    </>
  )
}
