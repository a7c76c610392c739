// The state of the worker in a line, and what can be done about it.

import { type InspectedBuild, type Simulation, SIMULATIONS } from '../../protocol/inspection.ts'
import { element } from './element.ts'
import { formatCount } from './format.ts'
import { type Sight, tell } from './look.ts'

export type Controls = { readonly element: HTMLElement; readonly show: (sight: Sight) => void }

const SIMULATED: Readonly<Record<Simulation, string>> = {
  nothing: 'The network as it is',
  offline: 'No network',
  refusal: 'The origin refuses',
}

/** @param onChange - Called when something was done that changes what is shown. */
export function createControls(build: InspectedBuild, onChange: () => void): Controls {
  // What has changed is said to whoever does not see it.
  const status = element('p', { role: 'status' })
  const simulated = element('p', { class: 'simulated', role: 'alert', hidden: '' })
  const note = element('p', { role: 'status', class: 'note' })
  const act = (button: HTMLButtonElement, done: string, message: Message): void => {
    const press = async (): Promise<void> => {
      button.disabled = true
      note.textContent = (await tell(build, message)) ? done : 'The worker did not do it.'
      button.disabled = false
      onChange()
    }
    button.addEventListener('click', () => void press())
  }
  const refresh = element('button', { type: 'button' }, 'Refresh')
  const purge = element('button', { type: 'button' }, 'Purge')
  act(refresh, 'Everything counts as changed: the next navigations come from the network.', {
    type: 'shell-cache:refresh',
    changed: '*',
  })
  act(purge, 'Nothing is stored any more. A page that is opened next stores the public shells again.', {
    type: 'shell-cache:purge',
  })
  const choices = SIMULATIONS.map((simulation) => createChoice(simulation, build, onChange))
  return {
    element: element(
      'div',
      { class: 'controls' },
      status,
      simulated,
      element('div', { class: 'buttons' }, refresh, purge),
      element(
        'fieldset',
        {},
        element('legend', {}, 'Simulate'),
        ...choices.map(({ label }) => label),
        element(
          'p',
          {},
          'For navigations and what the worker fetches, at most ten minutes. Pictures and files that the browser fetches by itself still come.',
        ),
      ),
      note,
    ),
    show(sight) {
      status.textContent = statusOf(sight)
      const current = sight.inspection?.simulation ?? 'nothing'
      for (const { simulation, input } of choices) {
        input.checked = simulation === current
        input.disabled = sight.inspection === undefined
      }
      for (const button of [refresh, purge]) button.disabled = sight.inspection === undefined
      simulated.hidden = current === 'nothing'
      simulated.textContent = current === 'nothing' ? '' : `Simulated: ${SIMULATED[current].toLowerCase()}.`
    },
  }
}

type Message = Parameters<typeof tell>[1]
type Choice = { readonly simulation: Simulation; readonly input: HTMLInputElement; readonly label: HTMLLabelElement }

function createChoice(simulation: Simulation, build: InspectedBuild, onChange: () => void): Choice {
  const input = element('input', { type: 'radio', name: 'simulation', value: simulation })
  input.addEventListener('change', () => void tell(build, { type: 'shell-cache:simulate', simulation }).then(onChange))
  return { simulation, input, label: element('label', {}, input, ` ${SIMULATED[simulation]}`) }
}

function statusOf({ worker, inspection, isUpdateWaiting }: Sight): string {
  if (worker === 'absent') return 'There is no worker in this browser yet. Open a page of the app, then come back.'
  if (!inspection)
    return 'The worker does not answer, or it is one of a build without an inspector. Open a page of the app, then come back.'
  const stored = `${formatCount(inspection.records.length, 'shell')} of build ${inspection.buildId} in this browser.`
  if (worker === 'older') return `The worker is another build’s than this page. ${stored}`
  return isUpdateWaiting ? `${stored} A newer worker waits to take over.` : stored
}
