// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
self.addEventListener('message', ({ data }) => self.postMessage(data * 2))
