/** Data sets of the library: imported, made from options, looked at, prepared for a design. */

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { proposeData } from "../../../core/data/propose.ts";
import { AppError, type ErrorData } from "../../../core/errors.ts";
import type { DataDocument } from "../../../core/graph/document.ts";
import type { PictureShape } from "../../../core/graph/pixel-run.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Dataset, DatasetProfile, MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { Store, StoredDataset } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import type { HostFiles } from "../files.ts";
import { listBuiltins, materialiseBuiltin, sketchBuiltin } from "./builtin.ts";
import type { TableChoice } from "./files-meant.ts";
import type { NamedFile } from "./graphs/nodes-and-edges.ts";
import { withLinks } from "./graphs/with-links.ts";
import { importFile } from "./import-file.ts";
import type { ImportedTable, ImportRequest } from "./import-request.ts";
import { lookAtFiles } from "./join/look-at-files.ts";
import type { Joins } from "./join/request.ts";
import { leakWarnings } from "./leaks.ts";
import { previewTable } from "./load-table.ts";
import { isLookedAtBefore, LOOK, lookAgain } from "./look-again.ts";
import { Looks } from "./looks.ts";
import { augmentedPictures } from "./pictures/augmented.ts";
import { picturesOfColumns } from "./pictures/from-columns.ts";
import { pictureClasses, somePictures } from "./pictures/look.ts";
import { picturesAndLabels } from "./pictures/two-files.ts";
import { writeAsText } from "./stored-as-text.ts";

type DatasetHandlers = Pick<
  HostHandlers,
  | "datasets.list"
  | "datasets.builtins"
  | "datasets.import"
  | "datasets.cancel_import"
  | "datasets.look_at_files"
  | "datasets.cancel_look"
  | "datasets.as_file"
  | "datasets.builtin"
  | "datasets.profile"
  | "datasets.look_again"
  | "datasets.sketch"
  | "datasets.preview"
  | "datasets.pictures"
  | "datasets.pictures_of_columns"
  | "datasets.augmented"
  | "datasets.picture_classes"
  | "datasets.propose"
  | "datasets.leaks"
  | "datasets.delete"
>;

interface BuiltinSource {
  readonly name: string;
  readonly options: Readonly<Record<string, number>>;
}

/** `encoding`: as what a text was read; `sheet`: which one of a workbook or an archive. */
export type ImportedProfile = DatasetProfile & {
  readonly encoding?: string;
  readonly sheet?: { readonly name: string; all: string[]; readonly of: TableChoice["of"] };
  readonly graph?: { readonly id: string; readonly links: string };
};

export class Datasets {
  readonly handlers: DatasetHandlers;
  private readonly store: Store;
  private readonly events: HostEvents;
  private readonly files: HostFiles;
  private readonly folder: string;
  private readonly samplesFolder: string;
  private readonly imports = new Map<string, AbortController>();
  private readonly looks = new Looks();

  constructor(o: {
    readonly store: Store;
    readonly events: HostEvents;
    readonly files: HostFiles;
    readonly home: string;
    readonly samplesFolder: string;
  }) {
    this.store = o.store;
    this.events = o.events;
    this.files = o.files;
    this.folder = join(o.home, "datasets");
    this.samplesFolder = o.samplesFolder;
    const { store } = this;
    this.handlers = {
      "datasets.list": async () => ({ datasets: store.listDatasets() }),
      "datasets.builtins": async () => ({ builtins: listBuiltins() }),
      "datasets.sketch": async ({ name, options }) => sketchBuiltin(name, options),
      "datasets.import": ({ file, name, import_id, further = [], given = [], partners, edges, ...readAs }) =>
        edges === undefined
          ? this.import([file, ...further], name, import_id, readAs, { given, partners })
          : this.importGraph({ file, name }, edges, import_id, readAs),
      "datasets.look_at_files": ({ look_id, ...asked }) => this.looks.within(look_id, (signal) => this.look(asked, signal)),
      "datasets.cancel_look": async ({ look_id }) => this.looks.cancel(look_id),
      "datasets.as_file": async ({ id }) => ({ file: await this.asFile(id), name: store.getDataset(id).profile.dataset.name }),
      "datasets.cancel_import": async ({ import_id }) => {
        this.imports.get(import_id)?.abort();
        return {};
      },
      "datasets.builtin": async ({ name, options }) => this.makeBuiltin(name, options),
      "datasets.profile": async ({ id }) => this.profileOf(id),
      "datasets.look_again": ({ id, look_id }) => this.looks.within(look_id, (signal) => this.lookAgain(id, signal)),
      "datasets.preview": async ({ id, offset, count }) => previewTable(await this.path(id), offset, count),
      "datasets.pictures_of_columns": ({ id, columns, shape }) => this.picturesOf(id, columns, shape),
      "datasets.pictures": async ({ id, pictures, size }) => somePictures(await this.path(id), pictures, size),
      "datasets.augmented": async ({ id, from, augment, variants, size }) =>
        augmentedPictures(await this.path(id), from, augment, variants, size),
      "datasets.picture_classes": async ({ id, column, per_class }) => pictureClasses(await this.path(id), column, per_class),
      "datasets.propose": async ({ id, targets }) => ({ data: this.propose(id, targets) }),
      "datasets.leaks": ({ id, targets }) => this.leaks(id, targets),
      "datasets.delete": async ({ id }) => {
        store.deleteDataset(id);
        return {};
      },
    };
  }

  /** Path of the stored table; a built-in set whose file is gone is made again. @throws AppError dataset.file_missing */
  async path(id: string): Promise<string> {
    const stored = this.store.getDataset(id);
    const path = join(this.folder, stored.fileName ?? "");
    if (stored.fileName !== null && existsSync(path)) return path;
    const { dataset } = stored.profile;
    if (dataset.kind !== "builtin") throw new AppError("dataset.file_missing", { name: dataset.name, path });
    const { name, options } = stored.source as BuiltinSource;
    return (await materialiseBuiltin({ name, options, folder: this.folder, samplesFolder: this.samplesFolder })).path;
  }

  /** Imports a file of the person's own; used by the command line too. */
  async importPath(path: string, name: string, more: Omit<ImportRequest, "path" | "name" | "folder"> = {}): Promise<ImportedProfile> {
    const imported = await importFile({ path, name, folder: this.folder, ...more });
    const { encoding, sheet } = imported;
    return {
      ...this.keep(imported, "file", { name, look: LOOK }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet: { ...sheet, all: [...sheet.all] } }),
    };
  }

  async makeBuiltin(name: string, options: Readonly<Record<string, number>>): Promise<DatasetProfile> {
    const made = await materialiseBuiltin({ name, options, folder: this.folder, samplesFolder: this.samplesFolder });
    return this.keep(made, "builtin", { name, options: made.options });
  }

  private async import(
    given: readonly string[],
    name: string,
    importId: string,
    readAs: Pick<ImportRequest, "encoding" | "sheet" | "pictures">,
    { given: parts = [], partners = [] }: Pick<MethodInput<"datasets.import">, "given" | "partners">,
  ): Promise<ImportedProfile> {
    const controller = new AbortController();
    this.imports.set(importId, controller);
    try {
      const {
        path,
        name: called,
        labels,
      } = await picturesAndLabels(
        given.map((file) => this.files.incoming(file)),
        name,
      );
      return await this.importPath(path, called, {
        onProgress: this.told(importId),
        signal: controller.signal,
        labels,
        ...readAs,
        ...this.joinsOf(parts, partners),
      });
    } finally {
      this.imports.delete(importId);
      const belonging = [...parts, ...partners].map(({ file }) => file);
      for (const file of [...given, ...belonging]) this.files.forget(file);
    }
  }

  /** Nodes and edges become one table, which is imported as any other. */
  private async importGraph(
    nodes: { readonly file: string; readonly name: string },
    edges: NonNullable<MethodInput<"datasets.import">["edges"]>,
    importId: string,
    { encoding, sheet }: Pick<ImportRequest, "encoding" | "sheet">,
  ): Promise<ImportedProfile> {
    const controller = new AbortController();
    const { signal } = controller;
    this.imports.set(importId, controller);
    try {
      const files = [nodes, edges].map(({ file, name }) => ({ path: this.files.incoming(file).path, name }));
      const [nodeFile, edgeFile] = files as [NamedFile, NamedFile];
      const read = { columns: edges, encoding, sheet, edgeSheet: edges.sheet, signal };
      return await withLinks(nodeFile, edgeFile, read, async ({ path, id, links, origin }) => ({
        ...(await this.importPath(path, nodes.name, { onProgress: this.told(importId), signal, origin })),
        graph: { id, links },
      }));
    } finally {
      this.imports.delete(importId);
      for (const { file } of [nodes, edges]) this.files.forget(file);
    }
  }

  private async picturesOf(id: string, columns: readonly string[], shape: PictureShape): Promise<DatasetProfile> {
    const { profile } = this.store.getDataset(id);
    const made = await picturesOfColumns({ path: await this.path(id), profile, columns, shape, folder: this.folder });
    return this.keep(made, "file", { name: made.name, pixels_of: profile.dataset.fingerprint });
  }

  /** @throws AppError data.library_pictures */
  private async asFile(id: string): Promise<string> {
    const { dataset, columns } = this.store.getDataset(id).profile;
    if (columns.some(({ type, pixels }) => type === "picture" && pixels === undefined))
      throw new AppError("data.library_pictures", { name: dataset.name });
    const path = join(this.files.uploadFolder, `library-${randomUUID()}.csv`);
    await writeAsText(await this.path(id), path, dataset.name);
    return this.files.register(path, dataset.name);
  }

  private told(importId: string): NonNullable<ImportRequest["onProgress"]> {
    return ({ stage, rows, bytes, totalBytes }) =>
      this.events.emit("import.progress", { import_id: importId, rows, bytes, total_bytes: totalBytes, stage });
  }

  private joinsOf(
    parts: NonNullable<MethodInput<"datasets.import">["given"]>,
    partners: NonNullable<MethodInput<"datasets.import">["partners"]>,
  ): Joins {
    const at = (file: string): string => this.files.incoming(file).path;
    return {
      given: parts.map(({ file, name, sheet, part }) => ({ path: at(file), name, sheet, part })),
      partners: partners.map(({ file, name, sheet, key, partner_key }) => ({
        path: at(file),
        name,
        sheet,
        key,
        ...(partner_key === null ? {} : { partnerKey: partner_key }),
      })),
    };
  }

  private async look(
    { files, encoding }: Pick<MethodInput<"datasets.look_at_files">, "files" | "encoding">,
    signal: AbortSignal,
  ): ReturnType<DatasetHandlers["datasets.look_at_files"]> {
    const found = await lookAtFiles(
      files.map(({ file, name, sheet }) => ({ path: this.files.incoming(file).path, name, sheet })),
      { encoding, signal },
    );
    return {
      files: found.files.map(({ sheet, ...one }) => ({
        ...one,
        ...(sheet === undefined ? {} : { sheet: { ...sheet, all: [...sheet.all] } }),
        columns: one.columns.map(({ name, examples }) => ({ name, examples: [...examples] })),
        examples: [...one.examples],
      })),
      matches: found.matches,
    };
  }

  private profileOf(id: string): MethodOutput<"datasets.profile"> {
    const { store } = this;
    const stored = store.getDataset(id);
    const { profile, fileName } = stored;
    const isThere = fileName !== null && existsSync(join(this.folder, fileName)) && store.listDatasets().some((one) => one.id === id);
    return isThere && isLookedAtBefore(stored) ? { ...profile, outdated: true } : profile;
  }

  private async lookAgain(id: string, signal: AbortSignal): Promise<DatasetProfile> {
    const { store } = this;
    const { profile, source } = store.getDataset(id);
    const told = await lookAgain(await this.path(id), profile, signal);
    // It may have been deleted meanwhile, and stays so.
    store.updateDatasetProfile(id, { source: { ...(source as object | null), look: LOOK }, ...told });
    return store.getDataset(id).profile;
  }

  /** The same content twice is one data set. */
  private keep(imported: ImportedTable, kind: Dataset["kind"], source: unknown): DatasetProfile {
    const { store } = this;
    const known = store.findDataset(imported.fingerprint);
    const dataset = store.upsertDataset({
      ...(known === null ? {} : { id: known.id }),
      name: imported.name,
      kind,
      rowCount: imported.rowCount,
      columnCount: imported.columnCount,
      sizeBytes: imported.sizeBytes,
      fingerprint: imported.fingerprint,
      source,
      fileName: `${imported.fingerprint}.parquet`,
      columns: imported.columns,
      warnings: imported.warnings,
    });
    return store.getDataset(dataset.id).profile;
  }

  private propose(id: string, targets: readonly string[]): DataDocument {
    const stored: StoredDataset = this.store.getDataset(id);
    const { dataset, columns } = stored.profile;
    const source =
      dataset.kind === "builtin"
        ? {
            kind: "builtin" as const,
            name: (stored.source as BuiltinSource).name,
            options: { ...(stored.source as BuiltinSource).options },
          }
        : { kind: "file" as const, name: dataset.name };
    return proposeData(source, columns, targets);
  }

  private async leaks(id: string, targets: readonly string[]): Promise<{ warnings: ErrorData[] }> {
    const { columns } = this.store.getDataset(id).profile;
    const path = await this.path(id);
    const warnings: ErrorData[] = [];
    for (const target of targets) warnings.push(...(await leakWarnings(path, columns, target)));
    return { warnings };
  }
}
