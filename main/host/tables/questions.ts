/** What is asked of a stored table whose rows are gone over: answered in a thread of its own (table-thread.ts), the host stays free. */

import { filteredRows } from "../../../core/data/filter/rows.ts";
import type { LayoutSummary } from "../../../core/data/layout.ts";
import { columnsOfEffect, EFFECT_MOST_ROWS, stepEffect } from "../../../core/data/step-effect.ts";
import type { Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import type { ColumnDocument, DataDocument, DesignDocument } from "../../../core/graph/document.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { isLaidOutInPieces, layoutDesign, layoutStored } from "../../../core/train/layout-design.ts";
import { rowReader, rowsIn, SAMPLE_BYTES, sizeOfRows, tellPasses } from "../../engine/disk-rows.ts";
import { loadFirstRows } from "../datasets/load-rows.ts";
import { loadTable } from "../datasets/load-table.ts";
import { seriesOf } from "../datasets/series.ts";
import { storedRowCount } from "../datasets/stored-rows.ts";
import { changedTexts } from "../datasets/texts/changed-texts.ts";
import { textSamples } from "../datasets/texts/text-samples.ts";
import { textWords } from "../datasets/texts/text-words.ts";
import { correlationsWith } from "./correlations.ts";
import { MOST_CELLS, pointsOf, principalView } from "./points.ts";
import { TableViews } from "./view.ts";

export type TableMethod =
  | "datasets.layout"
  | "datasets.series"
  | "datasets.text_words"
  | "datasets.text_samples"
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
  /** Rows that would take more are gone over in pieces. */
  readonly dataMemoryBytes: number;
}

type Answers = { readonly [K in TableMethod]: (path: string, input: MethodInput<K>, dataMemoryBytes: number) => Promise<MethodOutput<K>> };

export class TableDesk {
  private readonly mostCells: number;
  private readonly views = new TableViews();
  /** A design that is edited asks for the same columns again and again. */
  private held: { readonly key: string; readonly table: Table } | null = null;
  private muchRead = false;
  private readonly answers: Answers = {
    "datasets.layout": (path, { design }, dataMemoryBytes) => this.layout(path, design, dataMemoryBytes),
    "datasets.series": (path, { order_by: orderBy, ...asked }) => seriesOf(path, { ...asked, orderBy }),
    "datasets.text_words": (path, { column, tokenizer }) => textWords(path, column, tokenizer),
    "datasets.text_samples": (path, input) => textSamples(path, input),
    "datasets.changed_texts": (path, { column, augment }) => changedTexts(path, column, augment),
    "tables.view": (path, input) => this.views.read(path, input),
    "tables.correlations": async (path, { columns, target }) => ({ columns: await correlationsWith(path, columns, target) }),
    "tables.points": (path, input) => pointsOf(path, input, this.mostCells),
    "tables.principal": (path, input) => principalView(path, input, this.mostCells),
    "tables.step_effect": async (path, { data, place }) => {
      const columns = columnsToRead({ ...data, columns: columnsOfEffect(data, place) });
      const rows = await storedRowCount(path);
      if (rows * columns.length <= this.mostCells) return stepEffect(await this.table(path, columns), data, place);
      return stepEffect(await someRows(path, columns, data, rows), data, place);
    },
  };

  /** @param mostCells of a table that is read whole to be looked at, and held */
  constructor(mostCells = MOST_CELLS) {
    this.mostCells = mostCells;
  }

  /** @throws AppError data.*, design.* */
  answer<K extends TableMethod>({ method, path, input, dataMemoryBytes }: TableQuestion<K>): Promise<MethodOutput<K>> {
    return this.answers[method](path, input, dataMemoryBytes);
  }

  /** Whether some answer took more rows than are held. */
  get readMuch(): boolean {
    return this.muchRead;
  }

  private async layout(path: string, design: DesignDocument, dataMemoryBytes: number): Promise<LayoutSummary> {
    const columns = columnsToRead(design.data);
    if (this.held?.key !== tableKey(path, columns) && isLaidOutInPieces(design)) {
      const { rows, bytes } = await sizeOfRows(path, columns, design.data);
      const passes = tellPasses(rows, () => undefined);
      if (bytes > dataMemoryBytes) {
        this.muchRead = true;
        return layoutStored(design, rowReader(path, rowsIn(SAMPLE_BYTES, columns), passes));
      }
    }
    return layoutDesign(design, await this.table(path, columns));
  }

  private async table(path: string, columns: readonly ColumnDocument[]): Promise<Table> {
    const key = tableKey(path, columns);
    if (this.held?.key === key) return this.held.table;
    this.held = null;
    const table = await loadTable(path, columns);
    if (table.rowCount * table.columns.length <= this.mostCells) this.held = { key, table };
    else this.muchRead = true;
    return table;
  }
}

const tableKey = (path: string, columns: readonly ColumnDocument[]): string => JSON.stringify([path, columns]);

/** The first rows of a large table, as many as hold enough that the filter keeps. */
async function someRows(path: string, columns: readonly ColumnDocument[], data: DataDocument, rows: number): Promise<Table> {
  for (let count = EFFECT_MOST_ROWS; ; count *= 10) {
    const table = await loadFirstRows(path, columns, count);
    const kept = data.filter === undefined ? table.rowCount : filteredRows(table, data.columns, data.filter).length;
    if (count >= rows || kept >= EFFECT_MOST_ROWS) return table;
  }
}
