// How the tests of mutants run: as one project, for plugins of a run do not reach the projects of another config; and each file with modules
// of its own, or a mutant would outlive its run.

import { defineConfig } from 'vitest/config'

import { shared } from '../../vitest.config.ts'

export default defineConfig({ test: { ...shared, include: ['**/*.test.ts'] } })
