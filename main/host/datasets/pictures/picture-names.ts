/**
 * Which picture a name in a table of labels means. A name says as much of the path as it likes, from its end: 1, 1.png, train/1.png.
 * Nothing is guessed where two pictures, or two labels, are meant.
 */
import { AppError } from "../../../../core/errors.ts";

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

/**
 * @param names    the name in each row of the table, trimmed
 * @param cells    what each row says of its picture
 * @param pictures paths
 * @param table    name of its file
 * @throws AppError data.join_picture_ambiguous, data.picture_labels_differ
 */
export function rowsOfPictures(
  names: readonly string[],
  cells: readonly (readonly string[])[],
  pictures: readonly string[],
  table: string,
): LabelledPictures {
  const meant = names.map(meaningOf(pictures));
  const best = new Map<number, { readonly rank: number; readonly row: number }>();
  const differing = new Map<number, readonly [row: number, other: number]>();
  meant.forEach(({ places, rank }, row) => {
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
  const rowOf = new Map([...best].map(([place, { row }]) => [place, row]));
  refuseTwoPictures(rowOf, names, pictures, table);
  // A row that says once more what another says of its picture is used too.
  const isUsed = ({ places, rank }: Meant): boolean => places.some((place) => best.get(place)?.rank === rank);
  return { rowOf, unused: meant.flatMap((one, row) => (isUsed(one) ? [] : [row])) };
}

const alike = (one: readonly string[] = [], other: readonly string[] = []): boolean => one.every((cell, place) => cell === other[place]);

function refuseTwoPictures(rowOf: ReadonlyMap<number, number>, names: readonly string[], pictures: readonly string[], table: string): void {
  const firstOf = new Map<number, number>();
  for (const [place, row] of rowOf) {
    const first = firstOf.get(row);
    firstOf.set(row, first ?? place);
    if (first === undefined) continue;
    const [one = "", other = ""] = [pictures[first], pictures[place]];
    throw new AppError("data.join_picture_ambiguous", { file: table, value: names[row] ?? "", first: one, second: other });
  }
}

function meaningOf(pictures: readonly string[]): (name: string) => Meant {
  const paths = pictures.map(withSlashes);
  const byTail = new Map<string, number[]>();
  const byStem = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, tail: string, place: number): void => {
    const places = map.get(tail);
    if (places === undefined) map.set(tail, [place]);
    else places.push(place);
  };
  paths.forEach((path, place) => {
    for (const tail of tailsOf(path)) add(byTail, tail, place);
    for (const tail of tailsOf(withoutEnding(path))) add(byStem, tail, place);
  });
  const depths = paths.map((path) => path.split("/").length);
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
