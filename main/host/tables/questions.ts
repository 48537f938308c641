/** What is asked of a stored table whose rows are gone over: answered in a thread of its own (table-thread.ts), the host stays free. */
import { columnsOfEffect, stepEffect } from "../../../core/data/step-effect.ts";
import type { Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { layoutDesign } from "../../../core/train/layout-design.ts";
import { loadTable } from "../datasets/load-table.ts";
import { seriesOf } from "../datasets/series.ts";
import { changedTexts } from "../datasets/texts/changed-texts.ts";
import { textWords } from "../datasets/texts/text-words.ts";
import { correlationsWith } from "./correlations.ts";
import { pointsOf, principalView } from "./points.ts";
import { TableViews } from "./view.ts";

export type TableMethod =
  | "datasets.layout"
  | "datasets.series"
  | "datasets.text_words"
  | "datasets.changed_texts"
  | "tables.view"
  | "tables.correlations"
  | "tables.points"
  | "tables.principal"
  | "tables.step_effect";

export interface TableQuestion<K extends TableMethod = TableMethod> {
  readonly method: K;
  /** Of the stored table. */
  readonly path: string;
  readonly input: MethodInput<K>;
}

type Answers = { readonly [K in TableMethod]: (path: string, input: MethodInput<K>) => Promise<MethodOutput<K>> };

/** Cells of a table that is held until another one is asked for: a design that is edited asks for the same columns again and again. */
const MOST_HELD_CELLS = 20_000_000;

export class TableDesk {
  private readonly views = new TableViews();
  private held: { readonly key: string; readonly table: Table } | null = null;
  private readonly answers: Answers = {
    "datasets.layout": async (path, { design }) => layoutDesign(design, await this.table(path, columnsToRead(design.data))),
    "datasets.series": (path, { order_by: orderBy, ...asked }) => seriesOf(path, { ...asked, orderBy }),
    "datasets.text_words": (path, { column, tokenizer }) => textWords(path, column, tokenizer),
    "datasets.changed_texts": (path, { column, augment }) => changedTexts(path, column, augment),
    "tables.view": (path, input) => this.views.read(path, input),
    "tables.correlations": async (path, { columns, target }) => ({ columns: await correlationsWith(path, columns, target) }),
    "tables.points": pointsOf,
    "tables.principal": principalView,
    "tables.step_effect": async (path, { data, place }) =>
      stepEffect(await this.table(path, columnsToRead({ ...data, columns: columnsOfEffect(data, place) })), data, place),
  };

  /** @throws AppError data.*, design.* */
  answer<K extends TableMethod>({ method, path, input }: TableQuestion<K>): Promise<MethodOutput<K>> {
    return this.answers[method](path, input);
  }

  private async table(path: string, columns: readonly ColumnDocument[]): Promise<Table> {
    const key = JSON.stringify([path, columns]);
    if (this.held?.key === key) return this.held.table;
    this.held = null;
    const table = await loadTable(path, columns);
    if (table.rowCount * table.columns.length <= MOST_HELD_CELLS) this.held = { key, table };
    return table;
  }
}
