// Where visitors come from who follow a link of the app.

export default function Page() {
  return <h1>Where to?</h1>
}
