/**
 * What a worker does for copies of texts that are changed in every epoch, of rows on disk: the texts of a window's copies are read as they
 * were, changed, and go through the fitted steps again, and their numbers are written over those of the first epoch. What is drawn hangs on
 * seed, epoch and row alone: any number of workers gives the same bits, and so does a resumed run.
 */
import { sizeOf } from "../../ir/tensor.ts";
import { inputRows } from "../inputs.ts";
import { applySteps, type ColumnGroups } from "../pipeline.ts";
import { TextChanges } from "../text/augment-texts.ts";
import { rowsAtATime } from "../text/text-widths.ts";
import type { ChangeRows, CopiedTexts } from "./fill-blocks.ts";
import type { WindowMemory } from "./window-memory.ts";

/** The texts of a training row, which is counted without the copies. */
export type ReadTexts = (row: number) => readonly (string | null)[];

/** @param widths numbers of a row of each input */
export function textChanger(
  { changes: settings, steps, places: taken }: Pick<CopiedTexts, "changes" | "steps" | "places">,
  widths: Readonly<Record<string, number>>,
  values: WindowMemory["values"],
  read: ReadTexts,
): ChangeRows {
  const changes = new TextChanges(settings);
  const atATime = rowsAtATime(
    steps.map(({ step }) => step),
    0,
  );
  return (rows, start, epoch) => {
    if (epoch === 1) return;
    const copies = Uint32Array.from(rows.keys()).filter((i) => changes.isCopy(rows[i] as number));
    // Copies of the same text stand beside each other, and the file is read in one direction.
    copies.sort((a, b) => (rows[a] as number) - (rows[b] as number));
    for (let from = 0; from < copies.length; from += atATime) {
      const some = copies.subarray(from, from + atATime);
      const places = some.map((i) => rows[i] as number);
      const groups = changedTexts(changes, places, epoch, read);
      applySteps(steps, groups);
      for (const { input, column, offset } of taken) {
        const made = inputRows({ nodeId: input, columns: [column], shape: null }, [column], groups, places);
        const own = sizeOf(made.shape);
        const width = widths[input] as number;
        const target = values[input] as Float32Array;
        some.forEach((row, i) => target.set(made.values.subarray(i * own, (i + 1) * own), (start + row) * width + offset));
      }
    }
  };
}

function changedTexts(changes: TextChanges, places: Uint32Array, epoch: number, read: ReadTexts): ColumnGroups {
  const { names } = changes.settings;
  const texts = names.map((): (string | null)[] => []);
  let last = -1;
  let own: readonly (string | null)[] = [];
  for (const place of places) {
    const row = Math.floor(place / changes.each);
    if (row !== last) own = read(row);
    last = row;
    texts.forEach((column, i) => column.push(own[i] ?? null));
  }
  return new Map(names.map((name, i) => [name, [{ kind: "text", name, values: changes.changed(texts[i] ?? [], name, places, epoch) }]]));
}
