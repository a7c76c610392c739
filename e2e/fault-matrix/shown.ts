// Where a fault is shown: the title of a test in a file, or how it begins or ends.

export type Shown = { readonly file: string; readonly title: string }
