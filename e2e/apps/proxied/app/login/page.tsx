import { Hole } from '../hole'

export default function Home() {
  return (
    <main>
      <h1>login</h1>
      <Hole />
    </main>
  )
}
