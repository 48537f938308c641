/** A trained run tried out: values typed, a row of the data picked or a picture drawn, and what the network says of it at once. */
import { useEffect, useMemo, useState } from "react";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { host } from "../../state/host.ts";
import { report } from "../../state/toasts.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { Button } from "../../ui/Button.tsx";
import { Field, SwitchField } from "../../ui/Field.tsx";
import { Busy, Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import { type Drawing, drawingOf } from "../drawn-columns.ts";
import { DrawingPad } from "./DrawingPad.tsx";
import { TryAnswers, type Values } from "./TryAnswers.tsx";
import { TryField } from "./TryField.tsx";
import { inkOf, type Picture, TryPicture } from "./TryPicture.tsx";
import { TrySeries } from "./TrySeries.tsx";
import "./try.css";

type Columns = MethodOutput<"runs.form">["columns"];

export function RunTry({ run }: { run: Run }) {
  const t = useText();
  const form = useAnswer("runs.form", { id: run.id });
  const isSeries = form.value?.window === true;
  const profile = useAnswer("datasets.profile", run.dataset_id === null ? null : { id: run.dataset_id });
  if (form.error !== null) return <Failure error={form.error} />;
  if (isSeries) return <TrySeries run={run} />;
  if (form.value === null || (run.dataset_id !== null && profile.value === null && profile.error === null))
    return <Busy what={t("common.loading")} />;
  return <TryForm run={run} columns={form.value.columns} graph={form.value.graph} profile={profile.value} />;
}

interface TryFormProps {
  readonly run: Run;
  readonly columns: Columns;
  /** Of a graph: the columns that name its nodes and hold their links, or their text. */
  readonly graph: MethodOutput<"runs.form">["graph"];
  /** Null where the data are gone: values can be typed all the same. */
  readonly profile: MethodOutput<"datasets.profile"> | null;
}

function TryForm({ run, columns, graph, profile }: TryFormProps) {
  const t = useText();
  const drawing = useMemo(() => drawingOf(columns), [columns]);
  const most = useMemo(() => brightest(drawing, profile), [drawing, profile]);
  const [row, setRow] = useState(0);
  const [values, setValues] = useState<Values>({});
  /** A file that was chosen, as the network sees it; what is drawn afterwards takes its place. */
  const [picture, setPicture] = useState<Picture | null>(null);
  const [ink, setInk] = useState(() => new Float32Array((drawing?.height ?? 0) * (drawing?.width ?? 0)));
  /** Of a graph with links: whether the row is put in once more rather than read off at the node of its name. */
  const [asNew, setAsNew] = useState(false);
  const [nodeName = null] = graph?.length === 2 ? graph : [];
  const rowCount = profile?.dataset.row_count ?? 0;
  useEffect(() => {
    const datasetId = run.dataset_id;
    if (datasetId === null || rowCount === 0) return;
    let wanted = true;
    rowOf(datasetId, row)
      .then((found) => {
        if (!wanted) return;
        setValues(found);
        setAsNew(false);
        if (drawing?.column === null) setInk(Float32Array.from(drawing.columns, (name) => Number(found[name] ?? 0) / most));
      })
      .catch(report);
    return () => {
      wanted = false;
    };
  }, [run.dataset_id, row, rowCount, drawing, most]);
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
  return (
    <div className="try">
      {rowCount > 0 && (
        <div className="try-row">
          <Field label={t("try.row")}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="number"
                min={1}
                max={rowCount}
                value={row + 1}
                onChange={(event) => setRow(Math.min(rowCount, Math.max(1, Math.trunc(Number(event.currentTarget.value)) || 1)) - 1)}
              />
            )}
          </Field>
          <Button small onClick={() => setRow((row + Math.max(1, Math.floor(rowCount * 0.618))) % rowCount)}>
            {t("try.random")}
          </Button>
        </div>
      )}
      {drawing !== null && (
        <>
          <DrawingPad height={drawing.height} width={drawing.width} ink={ink} onChange={(next) => draw(Float32Array.from(next))} />
          <TryPicture
            run={run}
            drawing={drawing}
            shown={picture}
            onPicture={(read) => {
              draw(inkOf(read));
              if (drawing.column !== null) setPicture(read);
            }}
          />
        </>
      )}
      {nodeName !== null && (
        <SwitchField label={t("try.as_new")} help={t("try.as_new_help", { column: nodeName })} checked={asNew} onChange={setAsNew} />
      )}
      <TryAnswers
        run={run}
        values={values}
        picture={drawing?.column == null ? null : picture === null ? { grey: greyOf(ink) } : { pixels: picture.pixels }}
        effects={drawing === null}
        asNew={asNew}
      />
      {typed.length > 0 && (
        <div className="try-values">
          {typed.map((column) => (
            <TryField
              key={column.name}
              column={column}
              long={column.type === "text" && (graph === null || graph.length === 1)}
              value={values[column.name] ?? null}
              choices={profile?.columns.find(({ name }) => name === column.name)?.histogram ?? []}
              onChange={(value) => {
                setValues((before) => ({ ...before, [column.name]: value }));
                // What a node is called says which it is; all else, that it is to be another.
                if (nodeName !== null) setAsNew(column.name !== nodeName);
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

export async function rowOf(datasetId: string, row: number): Promise<Values> {
  const { columns, rows } = await host().call("datasets.preview", { id: datasetId, offset: row, count: 1 });
  return Object.fromEntries(columns.map((name, place) => [name, rows[0]?.[place] ?? null]));
}

/** What full ink stands for: 255 in a picture, the largest value of the data in columns of pixels. */
export function brightest(drawing: Drawing | null, profile: TryFormProps["profile"]): number {
  if (drawing === null || drawing.column !== null) return 255;
  const names = new Set(drawing.columns);
  return Math.max(1, ...(profile?.columns ?? []).flatMap(({ name, max }) => (names.has(name) && max !== null ? [max] : [])));
}

/** A byte a pixel. One at a time: a large picture has more of them than a call takes arguments. */
export function greyOf(ink: Float32Array): string {
  let bytes = "";
  for (const share of ink) bytes += String.fromCharCode(Math.round(share * 255));
  return btoa(bytes);
}
