/**
 * A DuckDB of its own for one job: offline (no extension is ever fetched), dates in UTC, in bounded memory, spilling into a
 * folder that the job removes what does not fit. Queries end early when the job's signal is aborted.
 */
import { availableParallelism } from "node:os";
import type { DuckDBConnection } from "@duckdb/node-api";
import { AppError } from "../../../core/errors.ts";
import { isEnding, nativeCall, nativeWork } from "../../engine/native-work.ts";
import { loadedWhenAsked } from "../loaded-when-asked.ts";

export type Row = readonly (string | number | boolean | null)[];

export interface Database {
  /** Runs a statement and leaves its result. `onShare` is told a few times a second how much of it is done, 0 to 1. */
  run(sql: string, onShare?: (share: number) => void): Promise<void>;
  /** All rows; cast counts to DOUBLE or INTEGER in the query: a BIGINT comes as text. */
  rows(sql: string): Promise<Row[]>;
  /** Rows in order, in chunks of numbers or texts: column by column; `streamed` holds no more than a few of them, and is slower. Every column of the query must be DOUBLE, INTEGER or VARCHAR without NULL. */
  numberChunks(
    sql: string,
    take: (columns: readonly NumberReader[], rowCount: number) => void | Promise<void>,
    how?: "whole" | "streamed",
  ): Promise<void>;
  close(): void;
}
export interface NumberReader {
  getItem(row: number): unknown;
}

/** What a database takes of memory before it spills; the few buffers that it does not count come on top. */
const DATABASE_MEMORY_BYTES = 640 * 2 ** 20;
/** Each thread holds rows of its own on their way: more of them would need more memory. */
const MOST_THREADS = 6;
const SHARE_INTERVAL_MS = 100;

const duckDB = loadedWhenAsked("DuckDB", () => import("@duckdb/node-api"));

/** Opening takes milliseconds. */
const nothingToInterrupt = (): void => undefined;

/**
 * @param spillFolder where DuckDB puts what does not fit into memory
 * @throws AppError host.part_not_loaded
 */
export async function openDatabase(spillFolder: string, signal?: AbortSignal): Promise<Database> {
  const { instance, connection } = await nativeWork(async () => {
    const { DuckDBInstance } = await duckDB();
    const created = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      temp_directory: spillFolder,
      memory_limit: `${DATABASE_MEMORY_BYTES / 2 ** 20}MiB`,
      threads: String(Math.min(MOST_THREADS, availableParallelism())),
    });
    return { instance: created, connection: await created.connect() };
  }, nothingToInterrupt);
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  const database = onConnection(connection, signal, () => {
    signal?.removeEventListener("abort", interrupt);
    nativeCall(() => {
      connection.closeSync();
      instance.closeSync();
    });
  });
  await database.run("SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false");
  return database;
}

function onConnection(connection: DuckDBConnection, signal: AbortSignal | undefined, close: () => void): Database {
  const guarded = async <T>(act: () => Promise<T>): Promise<T> => {
    refuseAborted(signal);
    try {
      return await nativeWork(act, () => connection.interrupt());
    } catch (thrown) {
      refuseAborted(signal);
      throw thrown;
    }
  };
  return {
    run: (sql, onShare) =>
      guarded(async () => {
        onShare?.(0);
        const timer = onShare === undefined ? undefined : setInterval(() => onShare(shareDone(connection)), SHARE_INTERVAL_MS);
        try {
          await connection.run(sql);
        } finally {
          clearInterval(timer);
        }
      }),
    rows: (sql) => guarded(async () => (await connection.runAndReadAll(sql)).getRowsJson() as Row[]),
    numberChunks: (sql, take, how = "whole") =>
      guarded(async () => {
        const result = how === "streamed" ? await connection.stream(sql) : await connection.run(sql);
        for (;;) {
          const chunk = await result.fetchChunk();
          if (chunk === null || chunk.rowCount === 0) return;
          refuseAborted(signal);
          if (isEnding()) return;
          await take(
            Array.from({ length: chunk.columnCount }, (_, place) => chunk.getColumnVector(place)),
            chunk.rowCount,
          );
        }
      }),
    close,
  };
}

/** DuckDB gives percent, and -1 while it does not know. */
function shareDone(connection: DuckDBConnection): number {
  return Math.min(1, Math.max(0, connection.progress.percentage / 100));
}

/** @throws AppError data.import_cancelled */
export function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError("data.import_cancelled");
}

/** A text as a literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Columns of a stored table have names of their own (c0, c1 …): DuckDB takes "A" and "a" for one name. */
export function columnId(place: number): string {
  return `c${place}`;
}
