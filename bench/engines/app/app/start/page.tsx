// The page from which visitors follow a link of the app.

export default function Page() {
  return <h1>Where to?</h1>
}
