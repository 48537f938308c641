/**
 * A row of one's own: values that are typed, a picture that is drawn, chosen or dropped. It begins as a row of the data; where the pixels
 * are columns of their own, what is drawn stands in them.
 */
import { useEffect, useMemo, useState } from "react";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { host } from "../../state/host.ts";
import { report } from "../../state/toasts.ts";
import { type Drawing, drawingOf } from "../drawn-columns.ts";
import type { Values } from "./TryAnswers.tsx";
import { inkOf, type Picture } from "./TryPicture.tsx";

export type TypedColumns = MethodOutput<"runs.form">["columns"];
/** Null where the data are gone: values can be typed all the same. */
export type TypedProfile = MethodOutput<"datasets.profile"> | null;
type Given = Pick<MethodInput<"runs.try">, "values" | "picture">;

export interface TypedRow {
  /** Null: there is nothing to draw. */
  readonly drawing: Drawing | null;
  /** Columns that are typed: neither pictures nor pixels. */
  readonly columns: TypedColumns;
  readonly values: Values;
  readonly ink: Float32Array;
  /** A file that was chosen, as the network sees it; what is drawn afterwards takes its place. */
  readonly picture: Picture | null;
  readonly type: (name: string, value: string | null) => void;
  readonly draw: (ink: Float32Array<ArrayBuffer>) => void;
  readonly choose: (picture: Picture, ink: Float32Array<ArrayBuffer>) => void;
  /** Whether something was typed, drawn or chosen since the row came. */
  readonly changed: boolean;
  /** The row as it is in the data. */
  readonly putBack: () => void;
  /** As the host takes it. */
  readonly given: Given;
}

interface Begins {
  /** Null: with nothing. */
  readonly datasetId: string | null;
  readonly row: number;
  /** Told when the values of the row have come. */
  readonly onRow?: () => void;
}

export function useTypedRow(columns: TypedColumns, profile: TypedProfile, { datasetId, row, onRow }: Begins): TypedRow {
  const names = columns.map(({ name }) => name).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same columns may come anew
  const drawing = useMemo(() => drawingOf(columns), [names]);
  const most = useMemo(() => brightest(drawing, profile), [drawing, profile]);
  const [values, setValues] = useState<Values>({});
  const [picture, setPicture] = useState<Picture | null>(null);
  const [changed, setChanged] = useState(false);
  const [reads, setReads] = useState(0);
  const [ink, setInk] = useState(() => new Float32Array((drawing?.height ?? 0) * (drawing?.width ?? 0)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller's function is another at every drawing
  useEffect(() => {
    if (datasetId === null) return undefined;
    let wanted = true;
    rowOf(datasetId, row)
      .then(async (found) => ({ found, seen: drawing === null ? null : await pictureOf(datasetId, drawing, found) }))
      .then(({ found, seen }) => {
        if (!wanted) return;
        setValues(found);
        setChanged(false);
        onRow?.();
        if (seen !== null) {
          setPicture(seen);
          setInk(inkOf(seen));
        }
        if (drawing?.column === null) setInk(Float32Array.from(drawing.columns, (name) => Number(found[name] ?? 0) / most));
      })
      .catch(report);
    return () => {
      wanted = false;
    };
  }, [datasetId, row, drawing, most, reads]);
  const draw = (next: Float32Array<ArrayBuffer>): void => {
    setChanged(true);
    setPicture(null);
    setInk(next);
    if (drawing?.column !== null) return;
    setValues((before) => ({
      ...before,
      ...Object.fromEntries(drawing.columns.map((name, i) => [name, String(Math.round((next[i] ?? 0) * most))])),
    }));
  };
  const given = useMemo(
    (): Given => ({
      values,
      picture: drawing?.column == null ? null : picture === null ? { grey: greyOf(ink) } : { pixels: picture.pixels },
    }),
    [values, picture, ink, drawing],
  );
  return {
    drawing,
    columns: columns.filter(({ type, name }) => type !== "picture" && !(drawing?.column === null && drawing.columns.includes(name))),
    values,
    ink,
    picture,
    type: (name, value) => {
      setChanged(true);
      setValues((before) => ({ ...before, [name]: value }));
    },
    draw,
    choose: (read, its) => {
      draw(its);
      if (drawing?.column !== null) setPicture(read);
    },
    changed,
    putBack: () => {
      if (drawing?.column != null) draw(new Float32Array(drawing.height * drawing.width));
      setReads((count) => count + 1);
    },
    given,
  };
}

async function rowOf(datasetId: string, row: number): Promise<Values> {
  const { columns, rows } = await host().call("datasets.preview", { id: datasetId, offset: row, count: 1 });
  return Object.fromEntries(columns.map((name, place) => [name, rows[0]?.[place] ?? null]));
}

/** Longest side at which the host gives pictures of a data set. */
const LONGEST_SIDE = 128;

/** The picture of a row in the size of the network; null where it is none, cannot be read, or is larger than pictures are given. */
async function pictureOf(datasetId: string, { column, height, width }: Drawing, values: Values): Promise<Picture | null> {
  const longest = Math.max(height, width);
  const number = column === null ? null : values[column];
  if (number == null || longest > LONGEST_SIDE) return null;
  const asked = { id: datasetId, pictures: [Number(number)], size: Math.max(LEAST_SIDE, longest) };
  const { shape, pixels } = await host().call("datasets.pictures", asked);
  return shape[0] === height && shape[1] === width ? { height, width, channels: shape[2], pixels } : null;
}
const LEAST_SIDE = 4;

/** What full ink stands for: 255 in a picture, the largest value of the data in columns of pixels. */
function brightest(drawing: Drawing | null, profile: TypedProfile): number {
  if (drawing === null || drawing.column !== null) return 255;
  const names = new Set(drawing.columns);
  return Math.max(1, ...(profile?.columns ?? []).flatMap(({ name, max }) => (names.has(name) && max !== null ? [max] : [])));
}

/** A byte a pixel. One at a time: a large picture has more of them than a call takes arguments. */
function greyOf(ink: Float32Array): string {
  let bytes = "";
  for (const share of ink) bytes += String.fromCharCode(Math.round(share * 255));
  return btoa(bytes);
}
