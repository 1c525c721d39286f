/** A query, a text and the expected match; `positions` where they matter. */
export interface FuzzyCase {
  query: string
  text: string
  rank: 0 | 1 | 2 | 3 | null
  positions?: number[]
}

/** Expected matches. Every search, in the browser or in SQL, is tested against this table. */
export const fuzzyTable: readonly FuzzyCase[] = [
  { query: 'redis', text: 'redis', rank: 0, positions: [0, 1, 2, 3, 4] },
  { query: 'redis', text: 'redis-cluster', rank: 1, positions: [0, 1, 2, 3, 4] },
  { query: 'cluster', text: 'redis-cluster', rank: 2, positions: [6, 7, 8, 9, 10, 11, 12] },
  { query: 'rdc', text: 'redis-cluster', rank: 3, positions: [0, 2, 6] },
  { query: 'ingx', text: 'ingress-nginx', rank: 3, positions: [0, 1, 2, 12] },
  { query: 'redis-cluster', text: 'redis', rank: null },
  { query: 'cdr', text: 'redis-cluster', rank: null },
  { query: 'nn', text: 'nginx', rank: 3, positions: [0, 3] },
  { query: 'nnn', text: 'nginx', rank: null },

  { query: '', text: 'redis', rank: 0, positions: [] },
  { query: '', text: '', rank: 0, positions: [] },
  { query: 'a', text: '', rank: null },
  { query: ' ', text: 'redis', rank: null },
  { query: ' ', text: 'my chart', rank: 2, positions: [2] },

  { query: 'ana', text: 'banana', rank: 2, positions: [1, 2, 3] },
  { query: 'gs', text: 'grafana-gs', rank: 2, positions: [8, 9] },

  { query: 'REDIS', text: 'redis', rank: 0 },
  { query: 'redis', text: 'Redis-HA', rank: 1 },
  { query: 'rEdIsHa', text: 'ReDiS-hA', rank: 3, positions: [0, 1, 2, 3, 4, 6, 7] },
  { query: 'äöü', text: 'ÄÖÜ', rank: 0 },
  { query: 'москва', text: 'Чарт-МОСКВА', rank: 2 },
  { query: 'σοφος', text: 'ΣΟΦΟΣ', rank: null },
  { query: 'σοφοσ', text: 'ΣΟΦΟΣ', rank: 0 },
  { query: 'i', text: 'İstanbul', rank: 1, positions: [0] },
  { query: 's', text: 'İstanbul', rank: 2, positions: [1] },

  { query: '数据库', text: '数据库', rank: 0, positions: [0, 1, 2] },
  { query: '数据', text: '数据库', rank: 1, positions: [0, 1] },
  { query: '据库', text: '数据库-主', rank: 2, positions: [1, 2] },
  { query: '数主', text: '数据库-主', rank: 3, positions: [0, 4] },
  { query: '主数', text: '数据库-主', rank: null },

  { query: '🚀', text: '🚀', rank: 0, positions: [0, 1] },
  { query: '🚀', text: 'go-🚀-up', rank: 2, positions: [3, 4] },
  { query: '🚀p', text: 'go-🚀-up', rank: 3, positions: [3, 4, 7] },
  { query: '🚁', text: 'go-🚀-up', rank: null },
  { query: '𐐀', text: '𐐨-deseret', rank: 1, positions: [0, 1] },

  { query: '%', text: 'redis', rank: null },
  { query: '%', text: '100%', rank: 2, positions: [3] },
  { query: '_', text: 'redis', rank: null },
  { query: 'a_b', text: 'a_b', rank: 0 },
  { query: 'a_b', text: 'axb', rank: null },
  { query: '1%_', text: '1-%-_', rank: 3, positions: [0, 2, 4] },
  { query: '*', text: 'redis', rank: null },
  { query: '?', text: 'redis', rank: null },
  { query: '.*', text: 'redis', rank: null },
  { query: '.*', text: 'a.*b', rank: 2, positions: [1, 2] },
  { query: '[a-z]', text: 'b', rank: null },
  { query: '(a|b)$', text: '^(a|b)$', rank: 2 },
  { query: '\\', text: 'a\\b', rank: 2, positions: [1] },
  { query: '\\', text: 'ab', rank: null },
  { query: "o'", text: "o'brien", rank: 1 },
  { query: '"', text: 'say "so"', rank: 2, positions: [4] },
]
