/** Of the Pages Router, which has its pages beside those of the App Router. */
export default function Legacy() {
  return <h1>legacy</h1>
}
