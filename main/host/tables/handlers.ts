/** What is asked of tables beside importing them: pasted text is kept, rows and columns are looked at. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { columnsOfEffect, stepEffect } from "../../../core/data/step-effect.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { loadTable } from "../datasets/load-table.ts";
import type { HostFiles } from "../files.ts";
import { correlationsWith } from "./correlations.ts";
import { pointsOf, principalView } from "./points.ts";
import { TableViews } from "./view.ts";

type Handlers = Pick<
  HostHandlers,
  "tables.keep_text" | "tables.view" | "tables.correlations" | "tables.points" | "tables.principal" | "tables.step_effect"
>;

export interface TablesSurroundings {
  readonly files: HostFiles;
  readonly newId: () => string;
  /** Of the stored table of a data set. */
  readonly tablePath: (datasetId: string) => Promise<string>;
}

export function tableHandlers({ files, newId, tablePath }: TablesSurroundings): Handlers {
  const views = new TableViews();
  return {
    "tables.keep_text": async ({ text, name }) => {
      const path = join(files.uploadFolder, newId());
      await writeFile(path, text);
      return { file: files.register(path, name) };
    },
    "tables.view": async (request) => views.read(await tablePath(request.id), request),
    "tables.correlations": async ({ id, columns, target }) => ({ columns: await correlationsWith(await tablePath(id), columns, target) }),
    "tables.points": async (request) => pointsOf(await tablePath(request.id), request),
    "tables.step_effect": async ({ id, data, place }) => {
      const table = await loadTable(await tablePath(id), columnsToRead({ ...data, columns: columnsOfEffect(data, place) }));
      return stepEffect(table, data, place);
    },
    "tables.principal": async (request) => principalView(await tablePath(request.id), request),
  };
}
