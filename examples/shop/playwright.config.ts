import { defineConfig } from '@playwright/test'

const port = Number(process.env.PORT ?? 3000)

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  use: {
    baseURL: `http://localhost:${port}`,
    // Playwright's own browser, or another Chromium.
    launchOptions: { executablePath: process.env.CHROME_PATH },
  },
  // Needs a production build, because there is no worker under `next dev`.
  webServer: { command: `npx next start -p ${port}`, port, reuseExistingServer: !process.env.CI },
})
