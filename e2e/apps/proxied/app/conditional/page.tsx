import { Hole } from '../hole'

export default function Home() {
  return (
    <main>
      <h1>conditional</h1>
      <Hole />
    </main>
  )
}
