/** What an answer in JSON says of itself: it is what was true when it was asked for, and nobody keeps it. */
export const JSON_HEADERS = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json; charset=utf-8' }
