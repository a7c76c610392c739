// Makes an HTML page of a film strip: a row for each film, a column for each moment. Pure; the browser makes a picture of it.

export type Film = { readonly name: string; readonly pictures: readonly (string | undefined)[] }

const WIDTH = 160
const HEIGHT = 200

export function toStrip(title: string, moments: readonly number[], films: readonly Film[]): string {
  const heads = moments.map((moment) => `<th>${moment} ms</th>`).join('')
  const rows = films.map(({ name, pictures }) => `<tr><th>${name}</th>${pictures.map(toCell).join('')}</tr>`)
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<figure><figcaption>${title}</figcaption><table><tr><th></th>${heads}</tr>${rows.join('')}</table></figure>`
}

function toCell(picture: string | undefined): string {
  return `<td>${picture === undefined ? '' : `<img src="data:image/jpeg;base64,${picture}">`}</td>`
}

const STYLE = `
body { margin: 0; background: #fff; color: #1f2328; font: 14px system-ui, sans-serif }
figure { display: inline-block; margin: 0; padding: 14px }
figcaption { font-weight: 600; margin-bottom: 6px }
th { font-weight: 600; padding: 2px 6px; text-align: center }
tr > th:first-child { text-align: right; min-width: 80px; max-width: 80px }
td { width: ${WIDTH}px; height: ${HEIGHT}px; padding: 0; border: 1px solid #d0d7de }
td img { display: block; width: ${WIDTH}px; height: ${HEIGHT}px; object-fit: cover; object-position: top }
`
