/** The database has migrations that this version does not know. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
  /** The last one of them. */
  readonly migration: string

  constructor(migration: string) {
    super(`unknown migration ${migration}`)
    this.migration = migration
  }
}

/** SQLite has found the file to be damaged. */
export class DamagedDatabaseError extends Error {
  override name = 'DamagedDatabaseError'
}
