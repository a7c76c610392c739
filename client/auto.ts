/**
 * Registers the worker in every page of the app. The build makes Next import it before an app's own code (`instrumentationClientInject`,
 * Next 16.3 and later), so you need not.
 *
 * @packageDocumentation
 */

import { whenFillable } from './fill.ts'
import { registerShellCache } from './handle.ts'
import { refreshThroughRouter } from './injected/router.ts'
import { loadWatch } from './injected/load-watch.ts'

registerShellCache()
loadWatch()
whenFillable(() => void refreshThroughRouter())
