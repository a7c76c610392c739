// Runs before each unit test's own imports: Workbox's development branches ask the worker's scope how to log, and Node has no such scope.
// The bundles do not contain these branches (vite.config.ts).

Object.assign(globalThis, { __WB_DISABLE_DEV_LOGS: true })
