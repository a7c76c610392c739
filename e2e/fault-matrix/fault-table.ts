// Prints a table of faults × engines at the end of a run, from the notes of faults.spec.ts: how the documents were answered, followed by
// what no visitor should see. A reporter of Playwright.

import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

type Note = {
  readonly engine: string
  readonly id: string
  readonly what: string
  readonly documents: readonly string[]
  readonly rejections: number
  readonly blanks: number
}

// oxlint-disable-next-line import/no-default-export -- Playwright asks for it
export default class FaultTable implements Reporter {
  readonly #rows = new Map<string, Map<string, string>>()

  onTestEnd(_test: TestCase, { status, annotations }: TestResult): void {
    for (const { type, description } of annotations) {
      if (type !== 'fault' || description === undefined) continue
      const { engine, id, what, documents, rejections, blanks } = JSON.parse(description) as Note
      const row = this.#rows.get(`${id} ${what}`) ?? new Map<string, string>()
      this.#rows.set(`${id} ${what}`, row)
      const cell = `${documents.join(' → ')}, +${documents.length - 1}, ${blanks}, ${rejections}`
      row.set(engine, status === 'passed' ? cell : `FAILED: ${cell}`)
    }
  }

  onEnd(): void {
    if (this.#rows.size === 0) return
    const engines = [...new Set([...this.#rows.values()].flatMap((row) => [...row.keys()]))]
    console.log('\nFaults: how each document came, navigations more, blank frames, unhandled rejections\n')
    console.log(`| fault | ${engines.join(' | ')} |\n|${' --- |'.repeat(engines.length + 1)}`)
    for (const [name, row] of this.#rows) {
      console.log(`| ${name} | ${engines.map((engine) => row.get(engine) ?? '').join(' | ')} |`)
    }
  }
}
