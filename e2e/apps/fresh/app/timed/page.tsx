import { FilledHole } from '../../filled-hole'
import { nameForSeconds } from '../../names'

export default async function Timed() {
  return (
    <main>
      <h1>{await nameForSeconds('timed')}</h1>
      <FilledHole />
    </main>
  )
}
