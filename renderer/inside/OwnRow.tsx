/** A row of one's own to look at: values typed, a picture drawn, chosen or dropped; it begins as the row of the data that was shown. */
import { useEffect, useMemo, useState } from "react";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { drawingOf } from "../runs/drawn-columns.ts";
import { DrawingPad } from "../runs/try/DrawingPad.tsx";
import { brightest, greyOf, rowOf } from "../runs/try/RunTry.tsx";
import { TryField } from "../runs/try/TryField.tsx";
import { inkOf, type Picture, TryPicture } from "../runs/try/TryPicture.tsx";
import { report } from "../state/toasts.ts";
import { Field } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import type { GivenRow } from "./look-question.ts";
import "../runs/try/try.css";

/** A moment after the last key: each look runs the network. */
const WAIT_MS = 200;
/** Fields at once; a table may have thousands of columns. */
const MOST_FIELDS = 40;

interface OwnRowProps {
  readonly run: Run;
  readonly columns: NonNullable<MethodOutput<"inside.views">["form"]>;
  readonly profile: MethodOutput<"datasets.profile"> | null;
  /** Whose values it begins with. */
  readonly row: number;
  readonly onChange: (given: GivenRow) => void;
}

export function OwnRow({ run, columns, profile, row, onChange }: OwnRowProps) {
  const t = useText();
  const names = columns.map(({ name }) => name).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same columns come anew with every epoch
  const drawing = useMemo(() => drawingOf(columns), [names]);
  const most = useMemo(() => brightest(drawing, profile), [drawing, profile]);
  const [values, setValues] = useState<GivenRow["values"]>({});
  const [picture, setPicture] = useState<Picture | null>(null);
  const [ink, setInk] = useState(() => new Float32Array((drawing?.height ?? 0) * (drawing?.width ?? 0)));
  const [search, setSearch] = useState("");
  const datasetId = run.dataset_id;
  useEffect(() => {
    if (datasetId === null) return undefined;
    let wanted = true;
    rowOf(datasetId, row)
      .then((found) => {
        if (!wanted) return;
        setValues(found);
        if (drawing?.column === null) setInk(Float32Array.from(drawing.columns, (name) => Number(found[name] ?? 0) / most));
      })
      .catch(report);
    return () => {
      wanted = false;
    };
  }, [datasetId, row, drawing, most]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller's function is another at every drawing
  useEffect(() => {
    const timer = setTimeout(
      () =>
        onChange({
          values,
          picture: drawing?.column == null ? null : picture === null ? { grey: greyOf(ink) } : { pixels: picture.pixels },
        }),
      WAIT_MS,
    );
    return () => clearTimeout(timer);
  }, [values, picture, ink, drawing]);
  const draw = (next: Float32Array<ArrayBuffer>): void => {
    setPicture(null);
    setInk(next);
    if (drawing?.column !== null) return;
    setValues((before) => ({
      ...before,
      ...Object.fromEntries(drawing.columns.map((name, i) => [name, String(Math.round((next[i] ?? 0) * most))])),
    }));
  };
  const typed = columns.filter(({ type, name }) => type !== "picture" && !(drawing?.column === null && drawing.columns.includes(name)));
  const wanted = search.trim().toLowerCase();
  const found = wanted === "" ? typed : typed.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <div className="own-row">
      {datasetId !== null && <p className="muted">{t("inside.own_start", { row: formatCount(row + 1) })}</p>}
      {drawing !== null && (
        <>
          <DrawingPad height={drawing.height} width={drawing.width} ink={ink} onChange={(next) => draw(Float32Array.from(next))} />
          {run.has_model && (
            <TryPicture
              run={run}
              drawing={drawing}
              shown={picture}
              onPicture={(read) => {
                draw(inkOf(read));
                if (drawing.column !== null) setPicture(read);
              }}
            />
          )}
        </>
      )}
      {typed.length > MOST_FIELDS && (
        <Field label={t("inside.find_column")}>
          {(control) => (
            <input {...control} className="input" type="search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          )}
        </Field>
      )}
      {found.slice(0, MOST_FIELDS).map(({ name, type }) => (
        <TryField
          key={name}
          column={{ name, type }}
          long={type === "text"}
          value={values[name] ?? null}
          choices={profile?.columns.find((column) => column.name === name)?.histogram ?? []}
          onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
        />
      ))}
      {found.length > MOST_FIELDS && (
        <p className="muted">{t("inside.columns_more", { count: formatCount(found.length - MOST_FIELDS) })}</p>
      )}
    </div>
  );
}
