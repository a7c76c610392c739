// Runs a function of the Build Output API as a Node server: `node function.mjs HANDLER PORT`, in the folder of its files.

import { createServer } from 'node:http'
import { createRequire } from 'node:module'

const [file = '', port = ''] = process.argv.slice(2)
const handler = createRequire(import.meta.url)(file)
createServer((request, response) => {
  Promise.resolve(handler(request, response)).catch((error) => {
    console.error(error)
    response.destroy()
  })
}).listen(Number(port), 'localhost', () => console.log('Ready in no time'))
