// What the layout renders in the builds that have this package.

export { ShellCache as Worker } from 'next-shell-cache/react'
