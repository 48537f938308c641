/**
 * Takes a project file into the library, in pieces, so that runs that train meanwhile can write: everything comes in hidden (as
 * deleted) and is shown in one last transaction. What was broken off is removed at once, or by the purge of a later start.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { keepFileNow } from "../kept-file.ts";
import type { Connection } from "../sqlite/connection.ts";
import { dropUnusedDesigns } from "../sqlite/design-versions.ts";
import { openConnection } from "../sqlite/open.ts";
import { isVectors, type MissingData, PIECE_BYTES, placeOf, type Watch, writePieces } from "../stored-files.ts";
import { type Belonging, belongingOf, blobColumn, hasColumn, type IdColumns, idColumnsOf, quoted, ROOT, tablesOf } from "./belonging.ts";
import { checkProjectFile } from "./check-project-file.ts";
import { HEAD_TABLE_NAMES } from "./project-file.ts";
import { offerNewIds, renewIds } from "./renew-ids.ts";
import { stepper } from "./write-project-file.ts";

export interface ReadJob {
  readonly libraryPath: string;
  readonly datasetsFolder: string;
  /** On the disk of the library; made and removed here. */
  readonly workFolder: string;
  readonly path: string;
  /** The file as people know it. */
  readonly fileName: string;
  /** Its name where the library has this project already; null: that is refused then. */
  readonly copyName: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What is broken off counts as deleted at this time: long enough ago for the purge of a later start, not for one that comes now. */
  readonly hiddenAt: number;
}

export interface TakenProject {
  readonly projectId: string;
  /** Data sets whose content is neither in the file nor in the library. */
  readonly missing: readonly MissingData[];
}

/** @throws AppError project_file.*, project_file.known_already, store.* */
export async function readProjectFile(job: ReadJob, watch: Watch): Promise<TakenProject> {
  mkdirSync(job.workFolder, { recursive: true });
  try {
    const file = await checkProjectFile(job.path, job.fileName, job.workFolder, watch);
    const connection = await openConnection({ path: job.libraryPath });
    try {
      connection.outside((database) => database.prepare("ATTACH ? AS incoming").run(file.path));
      return new Taking(connection, job, watch).run(file.head.project_id);
    } finally {
      connection.outside((database) => database.close());
    }
  } finally {
    rmSync(job.workFolder, { recursive: true, force: true });
  }
}

class Taking {
  private readonly connection: Connection;
  private readonly job: ReadJob;
  private readonly belonging: Belonging;
  private readonly ids: IdColumns;
  private readonly step: (bytes: number) => void;
  private readonly watch: Watch;
  /** Whether the project's own rows have other ids here, and whether anything has. */
  private renewed = false;
  private idsChange = false;
  /** Data sets that came with this file. */
  private readonly addedDatasets: string[] = [];
  /** Files that were put under datasets/. */
  private readonly addedFiles: string[] = [];

  constructor(connection: Connection, job: ReadJob, watch: Watch) {
    this.connection = connection;
    this.job = job;
    this.watch = watch;
    this.belonging = belongingOf(tablesOf(connection.database).filter(({ name }) => !HEAD_TABLE_NAMES.includes(name)));
    this.ids = idColumnsOf(this.belonging);
    this.step = stepper(watch, this.size());
  }

  run(projectId: string): TakenProject {
    this.refuseKnown(projectId);
    try {
      this.renewed = this.meetsOthers();
      this.connection.outside((database) => renewIds(database, this.belonging, this.renewed));
      const missing = this.takeFilesAndDatasets();
      this.idsChange = this.connection.outside((database) => offerNewIds(database));
      this.takeRows();
      this.takePieces();
      return { projectId: this.show(projectId), missing };
    } catch (error) {
      this.takeBack(projectId);
      throw error;
    }
  }

  private size(): number {
    const sum = (sql: string): number => this.connection.first<{ bytes: number | null }>(sql)?.bytes ?? 0;
    const tables = this.belonging.own.flatMap((table) => {
      const blob = blobColumn(table);
      return blob === null ? [] : [sum(`SELECT SUM(length(${quoted(blob)})) AS bytes FROM incoming.${quoted(table.name)}`)];
    });
    return tables.reduce((a, b) => a + b, sum("SELECT SUM(size_bytes) AS bytes FROM incoming.stored_files"));
  }

  private refuseKnown(projectId: string): void {
    const known = this.connection.first<{ name: string }>("SELECT name FROM main.projects WHERE id = ? AND deleted_at IS NULL", projectId);
    if (known !== undefined && this.job.copyName === null)
      throw new AppError("project_file.known_already", { id: projectId, name: known.name });
  }

  /** Whether anything of the project's own has an id that the library has already, hidden things too. */
  private meetsOthers(): boolean {
    return this.belonging.own
      .filter(({ name }) => this.ids.has(`${name}.id`))
      .some(
        ({ name }) =>
          this.connection.first(`SELECT 1 FROM main.${quoted(name)} WHERE id IN (SELECT id FROM incoming.${quoted(name)})`) !== undefined,
      );
  }

  /** Data sets with the same content are one: the library's own stays, and gets its file back where that was gone. */
  private takeFilesAndDatasets(): MissingData[] {
    const { connection, job } = this;
    const rows = connection.all<{ id: string; name: string; kind: string; fingerprint: string; file_name: string | null }>(
      "SELECT id, name, kind, fingerprint, file_name FROM incoming.datasets",
    );
    const missing: MissingData[] = [];
    for (const { id, name, kind, fingerprint, file_name: fileName } of rows) {
      if (kind === "file" && !this.takeFile(fileName)) missing.push({ name, fingerprint });
      if (fileName !== null) this.takeFile(fileName.replace(/\.parquet$/, ".pictures"));
      const known = connection.first<{ id: string }>(
        "SELECT id FROM main.datasets WHERE fingerprint = ? ORDER BY deleted_at IS NOT NULL, created_at DESC, id LIMIT 1",
        fingerprint,
      );
      if (known !== undefined) connection.run("UPDATE temp.new_ids SET new = ? WHERE old = ?", known.id, id);
      else this.addDataset(id);
    }
    for (const { name } of connection.all<{ name: string }>("SELECT name FROM incoming.stored_files"))
      if (isVectors(name)) this.takeFile(name);
    return missing.filter(({ fingerprint }) => !existsSync(join(job.datasetsFolder, `${fingerprint}.parquet`)));
  }

  private addDataset(id: string): void {
    const table = this.belonging.shared.find(({ name }) => name === "datasets");
    if (table === undefined) throw new Error("the schema has no data sets");
    if (this.connection.first("SELECT 1 FROM main.datasets WHERE id = ?", id) !== undefined)
      this.connection.run("UPDATE temp.new_ids SET new = lower(hex(randomblob(16))) WHERE old = ?", id);
    this.connection.write(() => this.insert("datasets", "source.id = ?", [id]));
    const added = this.connection.first<{ new: string }>("SELECT new FROM temp.new_ids WHERE old = ?", id);
    if (added !== undefined) this.addedDatasets.push(added.new);
  }

  /** @returns whether its content is there afterwards */
  private takeFile(name: string | null): boolean {
    if (name === null) return false;
    const target = join(this.job.datasetsFolder, placeOf(name));
    if (existsSync(target)) return true;
    if (this.connection.first("SELECT 1 FROM incoming.stored_files WHERE name = ?", name) === undefined) return false;
    const unfinished = join(this.job.workFolder, name);
    const pieces = "SELECT bytes FROM incoming.stored_file_chunks WHERE name = ? ORDER BY position";
    writePieces(unfinished, this.connection.each<{ bytes: Uint8Array }>(pieces, name), this.step);
    mkdirSync(dirname(target), { recursive: true });
    keepFileNow(unfinished, target);
    this.addedFiles.push(target);
    return true;
  }

  /** What is small, in one transaction, the project hidden. */
  private takeRows(): void {
    this.connection.write(() => {
      // Runs name their parents, which may come after them.
      this.connection.database.pragma("defer_foreign_keys = ON");
      this.insert("design_versions", "source.hash NOT IN (SELECT hash FROM main.design_versions)");
      for (const table of this.belonging.own) if (blobColumn(table) === null) this.insert(table.name, "1");
    });
    this.step(0);
  }

  /** Tables with large values, a few MiB a transaction: those who train meanwhile wait for one piece at most. */
  private takePieces(): void {
    for (const table of this.belonging.own) {
      const blob = blobColumn(table);
      if (blob === null) continue;
      const rows = this.connection.all<{ row: number; bytes: number }>(
        `SELECT rowid AS row, length(${quoted(blob)}) AS bytes FROM incoming.${quoted(table.name)} ORDER BY rowid`,
      );
      for (let start = 0; start < rows.length; ) {
        let end = start;
        let held = 0;
        for (; end < rows.length && held < PIECE_BYTES; end += 1) held += rows[end]?.bytes ?? 0;
        const [from, to] = [rows[start]?.row ?? 0, rows[end - 1]?.row ?? 0];
        this.connection.write(() => this.insert(table.name, "source.rowid BETWEEN ? AND ?", [from, to]));
        this.step(held);
        start = end;
      }
    }
  }

  /** Rows of the file under their ids of here; what can be hidden comes hidden. */
  private insert(name: string, condition: string, values: (string | number)[] = []): void {
    const table = [...this.belonging.own, ...this.belonging.shared].find((one) => one.name === name);
    if (table === undefined) throw new Error(`the schema has no table ${name}`);
    const columns = table.columns.map((column) => quoted(column.name)).join(", ");
    const hides = name === ROOT || name === "datasets";
    const taken = table.columns.map(({ name: column }) => {
      if (hides && column === "deleted_at") return String(Math.floor(this.job.hiddenAt));
      if (this.ids.has(`${name}.${column}`)) return `(SELECT new FROM temp.new_ids WHERE old = source.${quoted(column)})`;
      // Plans of ensembles name runs inside their JSON, journals data sets.
      if (this.idsChange && hasColumn(table, "project_id") && (column.endsWith("_json") || column === "journal"))
        return `with_new_ids(source.${quoted(column)})`;
      return `source.${quoted(column)}`;
    });
    this.connection.run(
      `INSERT INTO main.${quoted(name)} (${columns}) SELECT ${taken.join(", ")} FROM incoming.${quoted(name)} AS source WHERE ${condition}`,
      ...values,
    );
  }

  /** @returns the id of the project here */
  private show(oldId: string): string {
    if (this.watch.cancelled()) throw new AppError("project_file.cancelled");
    return this.connection.write(() => {
      const id = this.newId(oldId);
      this.connection.run("UPDATE main.projects SET deleted_at = NULL, updated_at = ? WHERE id = ?", this.job.now, id);
      if (this.renewed && this.job.copyName !== null)
        this.connection.run("UPDATE main.projects SET name = ? WHERE id = ?", this.job.copyName, id);
      for (const dataset of this.addedDatasets) this.connection.run("UPDATE main.datasets SET deleted_at = NULL WHERE id = ?", dataset);
      return id;
    });
  }

  private newId(old: string): string {
    return this.connection.first<{ new: string }>("SELECT new FROM temp.new_ids WHERE old = ?", old)?.new ?? old;
  }

  /** Best effort: what stays is hidden, and goes with a later purge. The error that led here is the one to tell. */
  private takeBack(oldId: string): void {
    try {
      this.connection.write(() => {
        const id = this.newId(oldId);
        this.connection.run("DELETE FROM main.projects WHERE id = ? AND deleted_at = ?", id, Math.floor(this.job.hiddenAt));
        for (const dataset of this.addedDatasets) this.connection.run("DELETE FROM main.datasets WHERE id = ?", dataset);
        dropUnusedDesigns(this.connection, null);
      });
      for (const file of this.addedFiles) rmSync(file, { force: true });
    } catch {
      // A full disk can refuse this too.
    }
  }
}
