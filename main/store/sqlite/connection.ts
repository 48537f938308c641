/**
 * One open database: prepared statements kept by their text, and `read` and `write`, which every method of the store
 * goes through so that each is one transaction and each error is an AppError. What is stored is in the files beside.
 */
import type BetterSqlite3 from "better-sqlite3";
import { type StorePlace, storeError } from "./store-error.ts";

export type SqlValue = string | number | null | Uint8Array;

export class Connection {
  readonly database: BetterSqlite3.Database;
  readonly place: StorePlace;
  readonly #statements = new Map<string, BetterSqlite3.Statement<SqlValue[]>>();

  constructor(database: BetterSqlite3.Database, place: StorePlace) {
    this.database = database;
    this.place = place;
  }

  /** What goes on in pieces ends where the library was closed between two of them. */
  get isOpen(): boolean {
    return this.database.open;
  }

  /** Runs `action` in one read transaction: what it sees belongs together, whatever other processes write. */
  read<T>(action: () => T): T {
    return this.#guarded(() => this.database.transaction(action).deferred());
  }

  /** Runs `action` in one write transaction: all of it is kept, or nothing. The write lock is taken at once, so that it cannot fail halfway for another writer. */
  write<T>(action: () => T): T {
    return this.#guarded(() => this.database.transaction(action).immediate());
  }

  /** Changes rows; returns how many. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#prepare(sql).run(...values).changes;
  }

  /** The columns of `Row` are those that the statement selects; the STRICT tables see to their types. */
  first<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** One row at a time, for what is too large to hold. */
  each<Row>(sql: string, ...values: SqlValue[]): IterableIterator<Row> {
    return this.#prepare(sql).iterate(...values) as IterableIterator<Row>;
  }

  /** For what is no transaction of its own: closing, checks, backups. */
  outside<T>(action: (database: BetterSqlite3.Database) => T): T {
    return this.#guarded(() => action(this.database));
  }

  #prepare(sql: string): BetterSqlite3.Statement<SqlValue[]> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare<SqlValue[]>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw storeError(error, this.place);
    }
  }
}
