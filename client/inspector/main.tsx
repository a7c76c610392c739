/** @jsxImportSource preact */
// The inspector's page: what this browser has stored of the app, how its last navigations were answered, and what every option of the build
// does. A separate script, loaded by the document that adapter-plugin/output/inspector-page.ts writes; no page of the app loads it. An
// update changes only what differs in the document, so that focus, selection and scroll position survive.

import { type ComponentChildren, render, type VNode } from 'preact'

import { namesOf } from '../../protocol/app-names.ts'
import { BUILD_ELEMENT, type InspectedBuild, isInspectedBuild } from '../../protocol/page/inspection.ts'
import { type Command, Controls } from './controls.tsx'
import { formatCount } from './format.ts'
import { Options } from './options.tsx'
import { Pages } from './pages.tsx'
import { Shells } from './shells.tsx'
import { download } from './report/download.ts'
import { toLines } from './report/marks.ts'
import { Report } from './report/report.tsx'
import { inspect, scopeOf, send, type Snapshot } from './snapshot.ts'
import { STYLE } from './style.ts'
import { Visits } from './visits/visits.tsx'

const FAILED = 'That failed: the worker could not do it, or did not answer. Open a page of the app, then try again.'

const build: unknown = JSON.parse(document.getElementById(BUILD_ELEMENT)?.textContent ?? 'null')
if (isInspectedBuild(build)) start(build)

type State = { readonly snapshot?: Snapshot; readonly pending?: Command | undefined; readonly note: string }

function start(build: InspectedBuild): void {
  // By CSSOM: without 'unsafe-inline' a policy allows styles that a script sets, but none in the document.
  const style = new CSSStyleSheet()
  style.replaceSync(STYLE)
  document.adoptedStyleSheets = [style]

  const root = document.createElement('div')
  document.body.append(root)
  let state: State = { note: '' }
  const show = (change: Partial<State>): void => {
    state = { ...state, ...change }
    render(
      <Inspector build={build} state={state} onCommand={(command) => void run(command)} onExport={exportReports} />,
      root,
    )
  }
  const exportReports = (): void => {
    const reports = state.snapshot?.inspection?.reports.map(({ report }) => report) ?? []
    download(`shell-cache-${build.buildId}.jsonl`, toLines(reports))
    show({ note: `Saved ${formatCount(reports.length, 'report')}. Read them by \`npx next-shell-cache report\`.` })
  }
  const shown = { asked: 0, newest: 0 }
  const refresh = async (): Promise<void> => {
    shown.asked += 1
    const turn = shown.asked
    const snapshot = await inspect(build)
    // If two were requested, the older one may arrive last.
    if (turn < shown.newest) return
    shown.newest = turn
    show({ snapshot })
  }
  const run = async (command: Command): Promise<void> => {
    show({ pending: command, note: '' })
    show({ note: (await send(build, command.message)) ? command.done : FAILED })
    await refresh()
    if (state.pending === command) show({ pending: undefined })
  }
  show({})
  new BroadcastChannel(namesOf(scopeOf(build)).channel).addEventListener('message', () => void refresh())
  // The ages have changed, and another tab may have changed what is stored.
  document.addEventListener('visibilitychange', () => void (document.hidden || refresh()))
  void refresh()
}

type Props = {
  readonly build: InspectedBuild
  readonly state: State
  readonly onCommand: (command: Command) => void
  readonly onExport: () => void
}

function Inspector({ build, state: { snapshot, pending, note }, onCommand, onExport }: Props): VNode {
  const seen = snapshot && { snapshot, build }
  return (
    <>
      <header>
        <h1>Shell cache</h1>
        <Controls snapshot={snapshot} pending={pending} note={note} onCommand={onCommand} onExport={onExport} />
      </header>
      <main>
        <Section title="Report of this browser">{seen && <Report {...seen} />}</Section>
        <Section title="Last navigations">{seen && <Visits {...seen} />}</Section>
        <Section title="Stored in this browser">{seen && <Shells {...seen} />}</Section>
        <Section title="Pages of this build">{seen && <Pages {...seen} />}</Section>
        <Section title="Options">{seen && <Options {...seen} />}</Section>
      </main>
    </>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div>{children}</div>
    </section>
  )
}
