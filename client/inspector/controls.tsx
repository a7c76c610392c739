/** @jsxImportSource preact */
// The state of the worker in one line, and the commands for it. A control that is unavailable for a moment is `aria-disabled`, not
// `disabled`: a disabled control would lose the keyboard focus.

import type { VNode } from 'preact'

import { type Simulation, SIMULATIONS } from '../../protocol/page/inspection.ts'
import { formatCount } from './format.ts'
import type { Message, Snapshot } from './snapshot.ts'

/** A message to the worker, and the page's text when it is done. */
export type Command = { readonly message: Message; readonly done: string }

const REFRESH: Command = {
  message: { type: 'shell-cache:refresh', changed: '*' },
  done: 'Everything counts as changed: the next navigations come from the network.',
}
const PURGE: Command = {
  message: { type: 'shell-cache:purge' },
  done: 'Nothing is stored any more. A page that is opened next stores the public shells again.',
}
const SIMULATED: Readonly<Record<Simulation, string>> = {
  nothing: 'As it is',
  offline: 'No network',
  refusal: 'Origin refuses',
}

type Props = {
  readonly snapshot: Snapshot | undefined
  /** The command that the worker is busy with. */
  readonly pending: Command | undefined
  /** The result of the last command. */
  readonly note: string
  readonly onCommand: (command: Command) => void
  readonly onExport: () => void
}

export function Controls({ snapshot, pending, note, onCommand, onExport }: Props): VNode {
  const isKnown = snapshot?.inspection !== undefined
  const current = snapshot?.inspection?.simulation ?? 'nothing'
  const chosen = pending?.message.type === 'shell-cache:simulate' ? pending.message.simulation : current
  const isReady = isKnown && pending === undefined
  return (
    <div class="controls">
      <p role="status">{snapshot && statusOf(snapshot)}</p>
      <p class="simulated" role="alert" hidden={current === 'nothing'}>
        {current !== 'nothing' && `Simulated: ${SIMULATED[current].toLowerCase()}.`}
      </p>
      <div class="bar-of-controls">
        <div class="buttons">
          <Press name="Refresh" isReady={isReady} onPress={() => onCommand(REFRESH)} />
          <Press name="Purge" isReady={isReady} onPress={() => onCommand(PURGE)} />
          <Press name="Export" isReady={(snapshot?.inspection?.reports.length ?? 0) > 0} onPress={onExport} />
        </div>
        <fieldset>
          <legend>Simulate</legend>
          {SIMULATIONS.map((simulation) => (
            <label key={simulation}>
              <input
                type="radio"
                name="simulation"
                value={simulation}
                checked={simulation === chosen}
                aria-disabled={!isKnown}
                onClick={(event) => isKnown || event.preventDefault()}
                onChange={() => onCommand({ message: { type: 'shell-cache:simulate', simulation }, done: '' })}
              />
              {SIMULATED[simulation]}
            </label>
          ))}
        </fieldset>
      </div>
      <p class="hint">
        Export saves the reports below. A simulation ends after ten minutes; what the browser fetches past the worker
        still comes.
      </p>
      <p role="status" class="note">
        {note}
      </p>
    </div>
  )
}

type PressProps = { readonly name: string; readonly isReady: boolean; readonly onPress: () => void }

function Press({ name, isReady, onPress }: PressProps): VNode {
  return (
    <button type="button" aria-disabled={!isReady} onClick={() => isReady && onPress()}>
      {name}
    </button>
  )
}

function statusOf({ worker, inspection, isUpdateWaiting }: Snapshot): string {
  if (worker === 'absent') return 'There is no worker in this browser yet. Open a page of the app, then come back.'
  if (!inspection)
    return 'The worker does not answer, or its build has no inspector. Open a page of the app, then come back.'
  const stored = `${formatCount(inspection.records.length, 'shell')} of build ${inspection.buildId} in this browser.`
  if (worker === 'older') return `The worker belongs to another build than this page. ${stored}`
  return isUpdateWaiting ? `${stored} A newer worker is waiting to take over.` : stored
}
