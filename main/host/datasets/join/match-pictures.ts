/**
 * Which picture each value of a key names. Tables name pictures in many ways: by path, by file name, without its ending, or by the
 * number in it (7 for 0007.png). The way that fits most values is taken for all.
 */
import { AppError } from "../../../../core/errors.ts";
import type { Turns } from "../turns.ts";

/** Value of the key → position in the list of pictures; values that name none are left out. */
export type PictureMatch = ReadonlyMap<string, number>;

const withSlashes = (name: string): string => name.replaceAll("\\", "/").replace(/^(\.?\/)+/, "");
const fileName = (name: string): string => withSlashes(name).split("/").at(-1) ?? name;
const stem = (name: string): string => fileName(name).replace(/\.[a-z]{3,4}$/i, "");
const numberIn = (name: string): string | null => /^\D*0*(\d+)(?:\.0+)?$/.exec(stem(name))?.[1] ?? null;

/** From the most exact to the least: of two that fit as many, the first counts. */
const WAYS: readonly ((name: string) => string | null)[] = [withSlashes, fileName, stem, numberIn];

interface Tried {
  readonly places: Map<string, number>;
  /** The first value that names two pictures. */
  readonly twice: { readonly value: string; readonly first: string; readonly second: string } | null;
}

/**
 * @param values   different values of the key, trimmed
 * @param pictures names with folders
 * @returns null where no value names a picture
 * @throws AppError data.join_picture_ambiguous, data.import_cancelled
 */
export async function matchPictures(
  values: readonly string[],
  pictures: readonly string[],
  file: string,
  turns: Turns,
): Promise<PictureMatch | null> {
  let best: Tried | null = null;
  for (const way of WAYS) {
    const tried = await tryWay(way, values, pictures, turns);
    if (tried.places.size > (best?.places.size ?? 0)) best = tried;
    if (tried.places.size === values.length) break;
  }
  if (best === null) return null;
  if (best.twice !== null) throw new AppError("data.join_picture_ambiguous", { file, ...best.twice });
  return best.places;
}

async function tryWay(
  way: (name: string) => string | null,
  values: readonly string[],
  pictures: readonly string[],
  turns: Turns,
): Promise<Tried> {
  const byName = new Map<string, number>();
  const again = new Map<string, number>();
  await turns.each(pictures, (picture, place) => {
    const name = way(picture);
    if (name === null) return;
    if (byName.has(name)) again.set(name, place);
    else byName.set(name, place);
  });
  const places = new Map<string, number>();
  let twice: Tried["twice"] = null;
  await turns.each(values, (value) => {
    const name = way(value);
    const place = name === null ? undefined : byName.get(name);
    if (name === null || place === undefined) return;
    places.set(value, place);
    const second = again.get(name);
    if (second !== undefined) twice ??= { value, first: pictures[place] as string, second: pictures[second] as string };
  });
  return { places, twice };
}
