// Vitest's config for the mutants: one project, because plugins of a run do not reach the projects of another config; and separate
// modules for each test file, or a mutant would outlive its run.

import { defineConfig } from 'vitest/config'

import { shared } from '../../vitest.config.ts'

export default defineConfig({ test: { ...shared, include: ['**/*.test.ts'] } })
