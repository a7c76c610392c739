// A site whose pages begin at the root, as those of a CMS do: every path of the app, ours too, has the form of a page.

import { withShellCache } from 'next-shell-cache'

export default withShellCache({ cacheComponents: true }, { inspector: true })
