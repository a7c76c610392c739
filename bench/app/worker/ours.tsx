// What the layout renders in the builds with this package.

export { ShellCache as Worker } from 'next-shell-cache/react'
