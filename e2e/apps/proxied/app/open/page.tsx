import { Hole } from '../hole'

export default function Home() {
  return (
    <main>
      <h1>open</h1>
      <Hole />
    </main>
  )
}
