// The page for visitors that the proxy does not let in.

export default function Page() {
  return <h1>Who are you?</h1>
}
