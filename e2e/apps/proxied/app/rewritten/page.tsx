import { Hole } from '../hole'

export default function Home() {
  return (
    <main>
      <h1>rewritten</h1>
      <Hole />
    </main>
  )
}
