// Two ready-made notices about a page's shell cache. Each is its own export, so that an app contains only what it imports.
//
//   must announce themselves: the element that screen readers watch exists before it has any content;
//   must be styled by script and not by markup: a policy without 'unsafe-inline' allows no styles in a document, and a server renders
//   neither notice.

import type { CSSProperties, ReactElement, ReactNode } from 'react'

/** The app's own text and class for a notice. */
export type NoticeProps = {
  /** The text of the notice. */
  readonly children?: ReactNode
  /** The class of the notice's element. With it the notice has no style of its own. */
  readonly className?: string
}

/** Each can be set by a CSS variable of any ancestor. */
const STYLE: CSSProperties = {
  position: 'fixed',
  inset: 'var(--shell-cache-notice-inset,auto 1rem 1rem auto)',
  zIndex: 'var(--shell-cache-notice-z-index,50)',
  maxWidth: 'calc(100vw - 2rem)',
  boxSizing: 'border-box',
  display: 'flex',
  gap: '1em',
  alignItems: 'center',
  padding: 'var(--shell-cache-notice-padding,.75em 1em)',
  font: 'var(--shell-cache-notice-font,inherit)',
  color: 'var(--shell-cache-notice-color,CanvasText)',
  background: 'var(--shell-cache-notice-background,Canvas)',
  border: 'var(--shell-cache-notice-border,1px solid)',
  borderRadius: 'var(--shell-cache-notice-radius,.5em)',
}

/** The element that screen readers watch, with the notice in it while the notice is shown. */
export function Notice({
  name,
  isShown,
  className,
  children,
}: NoticeProps & { readonly name: string; readonly isShown: boolean }): ReactElement {
  const look = className === undefined ? { style: STYLE } : { className }
  return (
    <div role="status" data-shell-cache-notice={name}>
      {isShown && <div {...look}>{children}</div>}
    </div>
  )
}
