// The inspector's page: what this browser has stored of the app, how its last navigations were answered, and what every option of
// the build does. A script of its own, loaded by the document that adapter-plugin/output/inspector-page.ts writes; no page of the
// app has it.

import { namesOf } from '../../protocol/app-names.ts'
import { BUILD_ELEMENT, type InspectedBuild, isInspectedBuild } from '../../protocol/inspection.ts'
import { createControls } from './controls.ts'
import { element } from './element.ts'
import { look, scopeOf, type Sight } from './look.ts'
import { drawOptions } from './options.ts'
import { drawPages } from './pages.ts'
import { drawShells } from './shells.ts'
import { STYLE } from './style.ts'
import { drawVisits } from './visits.ts'

const build: unknown = JSON.parse(document.getElementById(BUILD_ELEMENT)?.textContent ?? 'null')
if (isInspectedBuild(build)) start(build)

function start(build: InspectedBuild): void {
  // By CSSOM: a policy without 'unsafe-inline' lets a script set styles, and a document not.
  const style = new CSSStyleSheet()
  style.replaceSync(STYLE)
  document.adoptedStyleSheets = [style]

  const controls = createControls(build, () => void refresh())
  const sections = {
    visits: section('Last navigations'),
    shells: section('Stored in this browser'),
    pages: section('Pages of this build'),
    options: section('Options'),
  }
  const draw = (sight: Sight): void => {
    controls.show(sight)
    sections.visits.fill(drawVisits(sight, build))
    sections.shells.fill(drawShells(sight, build))
    sections.pages.fill(drawPages(sight, build))
    sections.options.fill(drawOptions(sight, build))
  }
  const refresh = async (): Promise<void> => draw(await look(build))
  document.body.append(
    element('header', {}, element('h1', {}, 'Shell cache'), controls.element),
    element('main', {}, ...Object.values(sections).map((part) => part.element)),
  )
  new BroadcastChannel(namesOf(scopeOf(build)).channel).addEventListener('message', () => void refresh())
  // Ages go on, and another tab may have changed what is stored.
  document.addEventListener('visibilitychange', () => void (document.hidden || refresh()))
  void refresh()
}

type Section = { readonly element: HTMLElement; readonly fill: (content: readonly Node[]) => void }

function section(title: string): Section {
  const id = title.toLowerCase().replaceAll(' ', '-')
  const content = element('div')
  return {
    element: element('section', { 'aria-labelledby': id }, element('h2', { id }, title), content),
    fill: (nodes) => content.replaceChildren(...nodes),
  }
}
