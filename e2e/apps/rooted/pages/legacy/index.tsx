/** A page of the Pages Router, next to those of the App Router. */
export default function Legacy() {
  return <h1>legacy</h1>
}
