/** What a prediction hangs on in its window: how far it moves with some of its steps, or one of its columns, taken from other windows. */
import type { PreparedPart } from "../../data/prepared.ts";
import { type Rows, startOfRow } from "../../data/rows.ts";
import { answersOf } from "../answers.ts";
import type { Predictor } from "../model.ts";

export interface WindowEffects {
  /** Stretches of steps by how far they lie before the window's last row; `from` is the further one. */
  readonly steps: { from: number; to: number; effect: number }[];
  /** Of several columns each. */
  readonly columns: { column: string; effect: number }[];
}

/** Stretches of steps that are asked apart, and rows that are asked in all. */
const MOST_STRETCHES = 40;
const MOST_ROWS = 1500;

/**
 * @param own    the row that was predicted, as it is prepared: its first row counts
 * @param others rows prepared alike, from all over the series
 */
export function windowEffects(predictor: Predictor, own: PreparedPart, others: readonly PreparedPart[]): WindowEffects {
  const { window } = predictor.pipeline;
  if (window === undefined || others.length === 0) return { steps: [], columns: [] };
  const { length, columns } = window;
  const width = columns.length;
  const stretches = Math.min(length, MOST_STRETCHES);
  const cut = (k: number): number => Math.floor((k * length) / stretches);
  const changes = [
    ...Array.from({ length: stretches }, (_, k) => (step: number, _column: number) => step >= cut(k) && step < cut(k + 1)),
    ...(width < 2 ? [] : columns.map((_, wanted) => (_step: number, column: number) => column === wanted)),
  ];
  const used = others.slice(0, Math.max(1, Math.floor(MOST_ROWS / changes.length)));
  const asked = [null, ...changes.flatMap((changed) => used.map((other) => ({ changed, other })))];
  const inputs = Object.entries(own.inputs).map(([id, rows]): [string, Rows] => {
    const size = rows.shape.reduce((a, b) => a * b, 1);
    const values = new Float32Array(asked.length * size);
    asked.forEach((change, row) => {
      values.set(rows.values.subarray(startOfRow(rows, 0), startOfRow(rows, 0) + size), row * size);
      const other = change?.other.inputs[id];
      if (change === null || other === undefined || !predictor.windowInputs.has(id)) return;
      for (let i = 0; i < size; i += 1)
        if (change.changed(Math.floor(i / width), i % width)) values[row * size + i] = other.values[startOfRow(other, 0) + i] as number;
    });
    return [id, { shape: rows.shape, values }];
  });
  const rowIds = Uint32Array.from(asked, (_, row) => row);
  const found = predictor.predict({ rowCount: asked.length, rowIds, inputs: Object.fromEntries(inputs), targets: {} });
  const [output] = predictor.outputs;
  if (output === undefined) return { steps: [], columns: [] };
  const { scores } = answersOf(output, predictor.pipeline, found[output.layer.id] ?? new Float32Array(0));
  const [here = 0] = scores;
  const effect = (k: number): number =>
    scores.slice(1 + k * used.length, 1 + (k + 1) * used.length).reduce((sum, score) => sum + Math.abs(score - here), 0) / used.length;
  const back = (step: number): number => length - 1 - step;
  return {
    steps: Array.from({ length: stretches }, (_, k) => ({ from: back(cut(k)), to: back(cut(k + 1) - 1), effect: effect(k) })),
    columns: width < 2 ? [] : columns.map((column, k) => ({ column, effect: effect(stretches + k) })),
  };
}
