/**
 * Which picture a name in a table of labels means. A name says as much of the path as it likes, from its end: 1, 1.png, train/1.png.
 * Nothing is guessed where two pictures, or two labels, are meant.
 */
import { AppError } from "../../../../core/errors.ts";
import type { Turns } from "../turns.ts";

const withoutEnding = (name: string): string => name.replace(/(?<=[^/])\.[^./]+$/, "");
const withSlashes = (name: string): string => name.replaceAll("\\", "/").replace(/^(\.{0,2}\/)+/, "");

/** The whole path first, the file alone last. */
function tailsOf(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, from) => parts.slice(from).join("/"));
}

interface Meant {
  /** Positions in the list of pictures. */
  readonly places: readonly number[];
  /** More where more of the path is named, and its ending. */
  readonly rank: number;
}

export interface LabelledPictures {
  /** Position of a picture → its row of the table. */
  readonly rowOf: ReadonlyMap<number, number>;
  /** Rows whose name is none of a picture, or of one that another names better. */
  readonly unused: readonly number[];
}

export interface NamingTable {
  /** The name in each row, trimmed. */
  readonly names: readonly string[];
  /** What each row says of its picture. */
  readonly cells: readonly (readonly string[])[];
  /** Name of its file. */
  readonly table: string;
}

/**
 * @param pictures paths
 * @throws AppError data.join_picture_ambiguous, data.picture_labels_differ, data.import_cancelled
 */
export async function rowsOfPictures(
  { names, cells, table }: NamingTable,
  pictures: readonly string[],
  turns: Turns,
): Promise<LabelledPictures> {
  const meant = await turns.map(names, await meaningOf(pictures, turns));
  const best = new Map<number, { readonly rank: number; readonly row: number }>();
  const differing = new Map<number, readonly [row: number, other: number]>();
  await turns.each(meant, ({ places, rank }, row) => {
    for (const place of places) {
      const known = best.get(place);
      if (known !== undefined && known.rank > rank) continue;
      if (known === undefined || known.rank < rank) {
        best.set(place, { rank, row });
        differing.delete(place);
      } else if (!differing.has(place) && !alike(cells[known.row], cells[row])) differing.set(place, [known.row, row]);
    }
  });
  for (const [row, other] of differing.values()) {
    const said = (one: number): string => (cells[one] ?? []).join(", ");
    throw new AppError("data.picture_labels_differ", { file: table, name: names[other] ?? "", first: said(row), second: said(other) });
  }
  const rowOf = new Map<number, number>();
  const firstOf = new Map<number, number>();
  await turns.each(best, ([place, { row }]) => {
    rowOf.set(place, row);
    const first = firstOf.get(row);
    if (first === undefined) firstOf.set(row, place);
    else throw twoPictures(table, names[row] ?? "", [pictures[first] ?? "", pictures[place] ?? ""]);
  });
  // A row that says once more what another says of its picture is used too.
  const isUsed = ({ places, rank }: Meant): boolean => places.some((place) => best.get(place)?.rank === rank);
  const unused: number[] = [];
  await turns.each(meant, (one, row) => {
    if (!isUsed(one)) unused.push(row);
  });
  return { rowOf, unused };
}

const alike = (one: readonly string[] = [], other: readonly string[] = []): boolean => one.every((cell, place) => cell === other[place]);

const twoPictures = (file: string, value: string, [first, second]: readonly [string, string]): AppError =>
  new AppError("data.join_picture_ambiguous", { file, value, first, second });

async function meaningOf(pictures: readonly string[], turns: Turns): Promise<(name: string) => Meant> {
  const paths = await turns.map(pictures, withSlashes);
  const byTail = new Map<string, number[]>();
  const byStem = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, tail: string, place: number): void => {
    const places = map.get(tail);
    if (places === undefined) map.set(tail, [place]);
    else places.push(place);
  };
  const depths: number[] = [];
  await turns.each(paths, (path, place) => {
    const tails = tailsOf(path);
    depths.push(tails.length);
    for (const tail of tails) add(byTail, tail, place);
    for (const tail of tailsOf(withoutEnding(path))) add(byStem, tail, place);
  });
  return (name) => {
    if (name === "") return { places: [], rank: 0 };
    for (const [from, tail] of tailsOf(withSlashes(name)).entries()) {
      const depth = tail.split("/").length;
      // The last: a table may be older than the pictures, and name them as what they were converted from.
      for (const [less, found] of [byTail.get(tail), byStem.get(tail), byStem.get(withoutEnding(tail))].entries()) {
        // A name that begins above the folder of the pictures has the whole path of one as its end.
        const places = from === 0 ? found : found?.filter((place) => depths[place] === depth);
        if (places !== undefined && places.length > 0) return { places, rank: 3 * depth - less };
      }
    }
    return { places: [], rank: 0 };
  };
}
