'use client'

import { useEffect, useState } from 'react'

/** Shows the worker's result for 20, or why there is none. */
export function Crunch() {
  const [said, setSaid] = useState('waiting')
  useEffect(() => {
    const worker = new Worker(new URL('./double.js', import.meta.url))
    worker.addEventListener('message', ({ data }) => setSaid(`the worker says ${data}`))
    worker.addEventListener('error', ({ message }) => setSaid(`the worker fails: ${message}`))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
    worker.postMessage(20)
    return () => worker.terminate()
  }, [])
  return <p data-testid="said">{said}</p>
}
