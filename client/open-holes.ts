// How to recognise a hole in the page while its content has not arrived.

/** The element by which React marks the hole's place (react-dom 19, `ReactFizzConfigDOM.js`). */
export const OPEN_HOLE = 'template[id^="B:"]'
