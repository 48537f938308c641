/** A trained run tried out: values typed, a row of the data picked or a picture drawn, and what the network says of it at once. */
import { useEffect, useMemo, useState } from "react";
import type { MethodInput, MethodOutput, Run } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { formatFigure } from "../ui/format.ts";
import { Busy, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { DrawingPad } from "./DrawingPad.tsx";
import { type Drawing, drawingOf } from "./drawn-columns.ts";
import { inkOf, type Picture, TryPicture } from "./TryPicture.tsx";
import { useAnswer } from "./use-answer.ts";
import "./try.css";

type Values = Readonly<Record<string, string | null>>;
type Columns = MethodOutput<"runs.form">["columns"];

export function RunTry({ run }: { run: Run }) {
  const t = useText();
  const form = useAnswer("runs.form", { id: run.id });
  const profile = useAnswer("datasets.profile", run.dataset_id === null ? null : { id: run.dataset_id });
  if (form.error !== null) return <Failure error={form.error} />;
  if (form.value === null || (run.dataset_id !== null && profile.value === null && profile.error === null))
    return <Busy what={t("common.loading")} />;
  return <TryForm run={run} columns={form.value.columns} profile={profile.value} />;
}

interface TryFormProps {
  readonly run: Run;
  readonly columns: Columns;
  /** Null where the data are gone: values can be typed all the same. */
  readonly profile: MethodOutput<"datasets.profile"> | null;
}

function TryForm({ run, columns, profile }: TryFormProps) {
  const t = useText();
  const drawing = useMemo(() => drawingOf(columns), [columns]);
  const most = useMemo(() => brightest(drawing, profile), [drawing, profile]);
  const [row, setRow] = useState(0);
  const [values, setValues] = useState<Values>({});
  /** A file that was chosen, as the network sees it; what is drawn afterwards takes its place. */
  const [picture, setPicture] = useState<Picture | null>(null);
  const [ink, setInk] = useState(() => new Float32Array((drawing?.height ?? 0) * (drawing?.width ?? 0)));
  const rowCount = profile?.dataset.row_count ?? 0;
  useEffect(() => {
    const datasetId = run.dataset_id;
    if (datasetId === null || rowCount === 0) return;
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
      <Answers
        run={run}
        values={values}
        picture={drawing?.column == null ? null : (pictureOf(picture) ?? { grey: greyOf(ink) })}
        effects={drawing === null}
      />
      {typed.length > 0 && (
        <div className="try-values">
          {typed.map(({ name, type }) => (
            <Field key={name} label={name}>
              {(control) => (
                <>
                  <input
                    {...control}
                    className="input"
                    inputMode={type === "numeric" ? "decimal" : "text"}
                    list={type === "categorical" ? `${control.id}-values` : undefined}
                    placeholder={t("try.missing")}
                    value={values[name] ?? ""}
                    onChange={(event) => {
                      const text = event.currentTarget.value;
                      setValues((before) => ({ ...before, [name]: text === "" ? null : text }));
                    }}
                  />
                  {type === "categorical" && (
                    <datalist id={`${control.id}-values`}>
                      {(profile?.columns.find((column) => column.name === name)?.histogram ?? []).map(({ label }) => (
                        <option key={label} value={label} />
                      ))}
                    </datalist>
                  )}
                </>
              )}
            </Field>
          ))}
        </div>
      )}
    </div>
  );
}

async function rowOf(datasetId: string, row: number): Promise<Values> {
  const { columns, rows } = await host().call("datasets.preview", { id: datasetId, offset: row, count: 1 });
  return Object.fromEntries(columns.map((name, place) => [name, rows[0]?.[place] ?? null]));
}

/** What full ink stands for: 255 in a picture, the largest value of the data in columns of pixels. */
function brightest(drawing: Drawing | null, profile: TryFormProps["profile"]): number {
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

/** Asked anew a moment after the last change; the answer before stays until then. */
const WAIT_MS = 120;

type AskedPicture = MethodInput<"runs.try">["picture"];
const pictureOf = (picture: Picture | null): AskedPicture => (picture === null ? null : { pixels: picture.pixels });

interface AnswersProps {
  readonly run: Run;
  readonly values: Values;
  readonly picture: AskedPicture;
  readonly effects: boolean;
}

function Answers({ run, values, picture, effects }: AnswersProps) {
  // Made anew in every drawing of the form: what it holds is what counts.
  const shown = JSON.stringify(picture);
  const t = useText();
  const [asked, setAsked] = useState<{ values: Values; picture: AskedPicture } | null>(null);
  const [found, setFound] = useState<MethodOutput<"runs.try"> | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const now = JSON.parse(shown) as AskedPicture;
    if (Object.keys(values).length === 0 && now === null) return;
    const timer = setTimeout(() => setAsked({ values, picture: now }), WAIT_MS);
    return () => clearTimeout(timer);
  }, [values, shown]);
  useEffect(() => {
    if (asked === null) return;
    let wanted = true;
    host()
      .call("runs.try", { id: run.id, values: asked.values, picture: asked.picture, effects })
      .then((answer) => {
        if (!wanted) return;
        setFound(answer);
        setError(null);
      })
      .catch((thrown: unknown) => wanted && setError(thrown));
    return () => {
      wanted = false;
    };
  }, [run.id, asked, effects]);
  if (error !== null) return <Failure error={error} />;
  if (found === null) return null;
  const strongest = Math.max(1e-12, ...found.effects.map(({ effect }) => effect));
  return (
    <section className="try-answer" aria-label={t("try.answer")} aria-live="polite">
      {found.outputs.map(({ node_id, name, predicted, shares }) => (
        <div key={node_id}>
          <h3>{found.outputs.length > 1 ? name : t("try.answer")}</h3>
          <p className="try-predicted">
            {predicted.map((one) => (typeof one === "number" ? formatFigure(one) : one)).join(", ") || t("try.nothing")}
          </p>
          {shares.map(({ label, share }) => (
            <Bar key={label} label={label} share={share} value={percentOf(share)} />
          ))}
        </div>
      ))}
      {found.effects.length > 0 && (
        <>
          <h3>{t("try.effects")}</h3>
          <p className="muted">{t("try.effects_text")}</p>
          {found.effects
            .toSorted((a, b) => b.effect - a.effect)
            .slice(0, 12)
            .map(({ column, effect }) => (
              <Bar key={column} label={column} share={effect / strongest} value={formatFigure(effect, 3)} />
            ))}
        </>
      )}
    </section>
  );
}

/** One decimal: what is less is as good as nothing. */
function percentOf(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}

function Bar({ label, share, value }: { label: string; share: number; value: string }) {
  return (
    <div className="try-bar">
      <span className="clip" title={label}>
        {label}
      </span>
      <span className="try-track">
        <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      </span>
      <span className="number">{value}</span>
    </div>
  );
}
