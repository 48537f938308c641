/** What the picture over two columns is asked: the columns, what is drawn of the output, where the other columns are held, which rows lie on it. */
import type { DataDocument } from "../../../core/graph/document.ts";
import type { MethodInput, Run } from "../../../core/protocol/methods.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { useText } from "../../ui/texts.ts";
import { RowPicker } from "../try/RowPicker.tsx";
import type { Surface } from "./surface-drawing.ts";

export type SurfaceAsk = Readonly<Pick<MethodInput<"runs.surface">, "node_id" | "target" | "x" | "y" | "row">>;
export type DrawnRows = "both" | "training" | "validation" | "none";

interface SurfaceChoicesProps {
  readonly run: Run;
  /** Of the design. */
  readonly columns: DataDocument["columns"] | undefined;
  readonly surface: Surface;
  readonly ask: SurfaceAsk;
  readonly onAsk: (ask: SurfaceAsk) => void;
  readonly rows: DrawnRows;
  readonly onRows: (rows: DrawnRows) => void;
  readonly compact: boolean;
}

const CLASSES = "classes";

export function SurfaceChoices({ run, columns, surface, ask, onAsk, rows, onRows, compact }: SurfaceChoicesProps) {
  const t = useText();
  const { x_axis: x, y_axis: y } = surface;
  const axes = { x: ask.x ?? x.name, y: ask.y ?? y.name };
  // The one that the other axis has changes places with it.
  const choose = (axis: "x" | "y", name: string): void => {
    const other = axis === "x" ? "y" : "x";
    const swapped = axes[other] === name ? axes[axis] : axes[other];
    onAsk(axis === "x" ? { ...ask, x: name, y: swapped } : { ...ask, x: swapped, y: name });
  };
  const names = surface.columns.map(({ name }) => ({ value: name, label: name }));
  return (
    <div className="surface-choices">
      {(["x", "y"] as const).map((axis) => (
        <Field key={axis} label={t(`surface.${axis}`)}>
          {(control) => <Select {...control} value={axes[axis]} options={names} onChange={(name) => choose(axis, name)} />}
        </Field>
      ))}
      {!compact && (
        <>
          <OfOutput surface={surface} ask={ask} onAsk={onAsk} />
          <Field label={t("surface.rows")}>
            {(control) => (
              <Select
                {...control}
                value={rows}
                options={(["both", "training", "validation", "none"] as const).map((value) => ({ value, label: t(ROW_WORDS[value]) }))}
                onChange={onRows}
              />
            )}
          </Field>
          {surface.columns.length > 2 && <Held run={run} columns={columns} ask={ask} onAsk={onAsk} />}
        </>
      )}
    </div>
  );
}

const ROW_WORDS = {
  both: "surface.rows.both",
  training: "charts.part.training",
  validation: "charts.part.validation",
  none: "surface.rows.none",
} as const;

function OfOutput({ surface, ask, onAsk }: Pick<SurfaceChoicesProps, "surface" | "ask" | "onAsk">) {
  const t = useText();
  const { outputs, node_id: nodeId, choice, labels, target } = surface;
  const targets = [
    ...(choice === "class" ? [{ value: CLASSES, label: t("surface.classes") }] : []),
    ...labels.map((label, place) => ({ value: String(place), label })),
  ];
  return (
    <>
      {outputs.length > 1 && (
        <Field label={t("surface.output")}>
          {(control) => (
            <Select
              {...control}
              value={ask.node_id ?? nodeId}
              options={outputs.map(({ node_id, name }) => ({ value: node_id, label: name }))}
              onChange={(id) => onAsk({ ...ask, node_id: id, target: null })}
            />
          )}
        </Field>
      )}
      {choice !== "none" && (
        <Field label={t("surface.of")}>
          {(control) => (
            <Select
              {...control}
              value={String(ask.target ?? target ?? CLASSES)}
              options={targets}
              onChange={(value) => onAsk({ ...ask, target: value === CLASSES ? null : Number(value) })}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** Where the other columns stand still. */
function Held({ run, columns, ask, onAsk }: Pick<SurfaceChoicesProps, "run" | "columns" | "ask" | "onAsk">) {
  const t = useText();
  const datasetId = run.dataset_id;
  const ofRow = ask.row !== null && datasetId !== null;
  const profile = useAnswer("datasets.profile", ofRow ? { id: datasetId } : null);
  const rowCount = profile.value?.dataset.row_count ?? 0;
  return (
    <>
      <Field label={t("surface.held")}>
        {(control) => (
          <Select
            {...control}
            value={ask.row === null ? "usual" : "row"}
            options={(["usual", "row"] as const).map((value) => ({ value, label: t(`surface.held.${value}`) }))}
            onChange={(value) => onAsk({ ...ask, row: value === "usual" ? null : 0 })}
          />
        )}
      </Field>
      {ofRow && rowCount > 0 && (
        <RowPicker
          datasetId={datasetId}
          columns={columns}
          rowCount={rowCount}
          row={ask.row ?? 0}
          onChange={(row) => onAsk({ ...ask, row })}
        />
      )}
    </>
  );
}
