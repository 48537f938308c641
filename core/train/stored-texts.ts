/**
 * Copies of texts, changed anew in every epoch, of a table that does not fit into memory. The rows that are written are those of the first
 * epoch; beside them the texts of the training rows as they were, from which the threads that read draw the later epochs (fill-texts.ts).
 */
import type { CopiedTexts, TextPlace } from "../data/blocks/fill-blocks.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import { takeTableRows } from "../data/pipeline.ts";
import { applyPipeline } from "../data/prepare.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import type { Column, Table } from "../data/table.ts";
import { copiedRows, type TextChanges, textChanges } from "../data/text/augment-texts.ts";
import type { DataDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { RowSource } from "./row-source.ts";
import { textsOf } from "./stored-features.ts";

/** Bytes of texts that are written at a time. */
const WRITTEN_BYTES = 1 << 20;

/**
 * What changes the texts of a training part, as in memory.
 * @param targets names of target columns
 * @param rows    training rows, without their copies
 * @throws AppError as textChanges
 */
export function storedChanges(
  data: DataDocument,
  needs: DataNeeds,
  targets: ReadonlySet<string>,
  rows: number,
  seed: number,
): TextChanges | null {
  const names = [...textsOf(data, needs)].filter((name) => !targets.has(name));
  return textChanges(data, names, rows, seed);
}

/** Every row of a part, followed by its copies. Its inputs stay as they are: they are brought. */
export function withCopies(part: PreparedPart, changes: TextChanges): PreparedPart {
  const { rowCount, rowIds, targets, weights } = part;
  const places = copiedRows(
    Uint32Array.from({ length: rowCount }, (_, place) => place),
    changes,
  );
  const copied = ({ values, shape }: Rows): Rows => ({ values: taken(values, places, sizeOf(shape)), shape });
  return {
    ...part,
    rowCount: places.length,
    rowIds: copiedRows(rowIds, changes),
    targets: Object.fromEntries(Object.entries(targets).map(([id, rows]) => [id, copied(rows)])),
    ...(weights === undefined ? {} : { weights: taken(weights, places, 1) }),
  };
}

function taken(values: Float32Array, places: Uint32Array, width: number): Float32Array {
  const own = new Float32Array(places.length * width);
  places.forEach((place, i) => own.set(values.subarray(place * width, (place + 1) * width), i * width));
  return own;
}

/** Rows of a table with their texts as the first epoch has them. @param places of these rows in the training part */
export function withChangedTexts(table: Table, places: Uint32Array, changes: TextChanges): Table {
  const { names } = changes.settings;
  const columns = table.columns.map((column): Column => {
    if (column.kind !== "text" || !names.includes(column.name)) return column;
    return { ...column, values: changes.changed(column.values, column.name, places, 1) };
  });
  return { ...table, columns };
}

/** Rows of a piece as the first epoch has them, by input. @param rows of the piece @param places of these rows in the training part */
export function changedRows(
  piece: Table,
  rows: Uint32Array,
  places: Uint32Array,
  changes: TextChanges,
  { pipeline, inputs }: { readonly pipeline: FittedPipeline; readonly inputs: DataNeeds["inputs"] },
): Readonly<Record<string, Float32Array>> {
  const table = withChangedTexts(takeTableRows(piece, rows), places, changes);
  const made = applyPipeline(table, pipeline, { inputs, outputs: [] }, { withTargets: false }).inputs;
  return Object.fromEntries(Object.entries(made).map(([id, { values }]) => [id, values]));
}

/** Writes the texts of training rows as they were, and knows where each row's are. */
export class WrittenTexts {
  private readonly changes: TextChanges;
  private readonly starts: Float64Array;
  private readonly bytes: Uint32Array;
  private readonly source: RowSource;
  private readonly encoder = new TextEncoder();
  private end = 0;

  constructor(changes: TextChanges, source: RowSource) {
    const rows = changes.settings.rowCount / changes.each;
    this.changes = changes;
    this.source = source;
    this.starts = new Float64Array(new SharedArrayBuffer(8 * rows));
    this.bytes = new Uint32Array(new SharedArrayBuffer(4 * rows));
  }

  /** @param rows of the piece @param places of these rows in the training part: of copies nothing is written */
  add(piece: Table, rows: Uint32Array, places: Uint32Array): void {
    const columns = this.changes.settings.names.map((name) => {
      const column = piece.columns.find((one) => one.name === name);
      if (column?.kind !== "text") throw new Error(`'${name}' is no column of texts`);
      return column.values;
    });
    let waiting: Uint8Array[] = [];
    let length = 0;
    const flush = (): void => {
      const all = new Uint8Array(length);
      let at = 0;
      for (const one of waiting) {
        all.set(one, at);
        at += one.length;
      }
      if (length > 0) this.source.write("texts", all, null);
      [waiting, length] = [[], 0];
    };
    places.forEach((place, i) => {
      if (this.changes.isCopy(place)) return;
      const texts = this.encoder.encode(JSON.stringify(columns.map((values) => values[rows[i] as number] ?? null)));
      const row = place / this.changes.each;
      this.starts[row] = this.end;
      this.bytes[row] = texts.length;
      this.end += texts.length;
      waiting.push(texts);
      length += texts.length;
      if (length >= WRITTEN_BYTES) flush();
    });
    flush();
  }

  /** @param columns of each input, in order */
  stored({ steps, features }: FittedPipeline, columns: Readonly<Record<string, readonly string[]>>): Omit<CopiedTexts, "path"> {
    const { settings } = this.changes;
    const widthOf = (name: string): number => features.find(({ column }) => column === name)?.width ?? 0;
    const places = Object.entries(columns).flatMap(([input, names]): TextPlace[] => {
      let offset = 0;
      return names.flatMap((column) => {
        const place = { input, column, offset };
        offset += widthOf(column);
        return settings.names.includes(column) ? [place] : [];
      });
    });
    const own = steps.filter(({ step }) => step.columns.some((name) => settings.names.includes(name)));
    return { starts: this.starts, bytes: this.bytes, changes: settings, steps: own, places };
  }
}
