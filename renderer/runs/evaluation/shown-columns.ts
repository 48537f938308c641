/** Which columns of a row stand in a table of rows. Pure. */
import type { DataDocument } from "../../../core/graph/document.ts";
import { type PictureShape, pixelRun } from "../../../core/graph/pixel-run.ts";

export interface ShownColumn {
  readonly name: string;
  /** In the cells of a row. */
  readonly place: number;
  readonly picture: boolean;
  /** Columns that are the pixels of a picture stand as one: where their cells are, and the shape that they make. */
  readonly pixels?: { readonly places: readonly number[]; readonly shape: PictureShape };
}

/** All but targets, which are told already by what should have been said, and what the design leaves out. */
export function shownColumns(names: readonly string[], columns: DataDocument["columns"] | undefined): ShownColumn[] {
  const documents = new Map(columns?.map((column) => [column.name, column]));
  const shown = names.flatMap((name, place) => {
    const role = documents.get(name)?.role ?? "feature";
    return role === "target" || role === "ignored" ? [] : [{ name, place, picture: documents.get(name)?.type === "picture" }];
  });
  const run = pixelRun(shown.flatMap(({ name }) => ((documents.get(name)?.type ?? "numeric") === "numeric" ? [name] : [])));
  if (run === null) return shown;
  const placeOf = new Map(shown.map(({ name, place }) => [name, place]));
  const pixels = { places: run.columns.map((name) => placeOf.get(name) ?? 0), shape: run.shape };
  const whole = { name: `${run.columns[0]} … ${run.columns.at(-1)}`, place: pixels.places[0] ?? 0, picture: false, pixels };
  const inRun = new Set(run.columns);
  return [whole, ...shown.filter(({ name }) => !inRun.has(name))];
}
