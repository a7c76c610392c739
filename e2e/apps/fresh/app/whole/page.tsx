import { nameOf } from '../../names'

export default async function Whole() {
  return (
    <main>
      <h1>{await nameOf('whole')}</h1>
    </main>
  )
}
