/** Headers of a JSON response. It must not be cached: it is only valid now, for this caller. */
export const JSON_HEADERS = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json; charset=utf-8' }
