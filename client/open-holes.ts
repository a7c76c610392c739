// How a hole is seen in the page while its content has not come.

/** React's name for its place (react-dom 19, `ReactFizzConfigDOM.js`). */
export const OPEN_HOLE = 'template[id^="B:"]'
