// Names the test that shows a fault: its file and its title, or the beginning or end of the title.

export type Shown = { readonly file: string; readonly title: string }
