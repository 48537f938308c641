/**
 * What a trained network makes of its columns: rows of a part as they are in the table, so that a column is shuffled or set as the
 * person knows it, before any step makes numbers of it (a category of many columns is one column, and so is what several steps read).
 */
import { takeColumnRows } from "../../data/pipeline.ts";
import type { PreparedPart } from "../../data/prepared.ts";
import { tableColumnsOf } from "../../data/rows.ts";
import type { Column, Table } from "../../data/table.ts";
import { columnsToRead } from "../../data/windows.ts";
import { AppError } from "../../errors.ts";
import { spreadPlaces } from "../../insight/slices/residuals.ts";
import type { Predictor } from "../model.ts";
import type { PredictedRows } from "../predicted-rows.ts";

export class ExplainedRows {
  readonly table: Table;
  private readonly predictor: Predictor;
  private readonly nodeId: string | null;
  /** Prepared with their targets. */
  private readonly whole: PreparedPart;

  /**
   * @param table  all rows
   * @param part   whose rows are meant, by their ids
   * @param most   rows at most, evenly of all
   * @param nodeId the first output when null
   * @throws AppError run.importance_needs_single_rows, run.importance_no_rows
   */
  constructor(o: {
    readonly predictor: Predictor;
    readonly table: Table;
    readonly part: Pick<PreparedPart, "rowIds">;
    readonly nodeId: string | null;
    readonly most: number;
  }) {
    const { predictor, table, part, nodeId, most } = o;
    const { window, graph } = predictor.pipeline;
    if (window !== undefined || graph !== undefined) throw new AppError("run.importance_needs_single_rows", {});
    if (part.rowIds.length === 0) throw new AppError("run.importance_no_rows", {});
    const placeOf = new Map(Array.from(table.rowIds, (rowId, place) => [rowId, place]));
    const rows = Uint32Array.from(spreadPlaces(part.rowIds.length, most), (k) => placeOf.get(part.rowIds[k] as number) ?? 0);
    this.table = {
      rowCount: rows.length,
      rowIds: rows.map((row) => table.rowIds[row] as number),
      columns: table.columns.map((column) => takeColumnRows(column, rows) as Column),
    };
    this.predictor = predictor;
    this.nodeId = nodeId;
    this.whole = predictor.prepare(this.table, true);
    // Rows of a part have their targets; were some left out here, those of others would stand beside them.
    if (this.whole.rowCount !== this.table.rowCount) throw new Error("a row of a part has no target");
  }

  /** Features as the design names them, with the place of each in the table. */
  get columns(): { readonly name: string; readonly place: number }[] {
    return featureNames(this.predictor).flatMap((name) => {
      const place = this.table.columns.findIndex((column) => column.name === name);
      return place < 0 ? [] : [{ name, place }];
    });
  }

  /** What is predicted beside what is true, in the target's own units, with one column as given. @throws AppError run.no_such_output */
  predicted(changed: { readonly place: number; readonly column: Column } | null): PredictedRows {
    const { targets, weights } = this.whole;
    const inputs = changed === null ? this.whole : this.predictor.prepare(this.tableWith(changed.place, changed.column), false);
    const part = { ...inputs, targets, ...(weights === undefined ? {} : { weights }) };
    const found = this.predictor.rowsOf(part, this.nodeId);
    if (found === null) throw new AppError("run.no_such_output", {});
    return found;
  }

  private tableWith(place: number, column: Column): Table {
    return { ...this.table, columns: this.table.columns.map((own, k) => (k === place ? column : own)) };
  }
}

/** Columns that something is learnt from; what an output takes as its target is none. */
function featureNames({ pipeline, outputs }: Predictor): string[] {
  const layouts = outputs.flatMap(({ fromColumns, layer }) => (fromColumns ? (pipeline.targets[layer.id] ?? []) : []));
  const targets = new Set(layouts.flatMap(tableColumnsOf));
  return columnsToRead(pipeline).flatMap(({ name, role }) => (role === "feature" && !targets.has(name) ? [name] : []));
}
