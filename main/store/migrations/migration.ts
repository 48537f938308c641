/**
 * What a migration is. Migrations are numbered without gaps, run in order inside one transaction, and are never edited
 * once released: a change of the schema is a new file.
 */
export interface Migration {
  /** The version of the schema afterwards; 1 for the first. */
  readonly version: number;
  /** Statements that lead from the version before to this one. */
  readonly sql: string;
}
