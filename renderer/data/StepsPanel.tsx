/**
 * Every step of the preparation in the order in which they run: added to the chosen columns, moved by mouse or keys, opened to
 * change options and columns, removed. Each act can be undone.
 */
import { type DragEvent, type KeyboardEvent, useState } from "react";
import type { ColumnDocument, DataDocument, StepDocument } from "../../core/graph/document.ts";
import { SchemaForm } from "../inspector/SchemaForm.tsx";
import { IconButton } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";
import { addStep, moveStep, removeStep, setStepColumns, setStepOption } from "./acts.ts";
import { StepEffect } from "./StepEffect.tsx";
import { knownStep, optionsOf, stepsFor } from "./steps.ts";

interface StepsPanelProps {
  data: DataDocument;
  /** Chosen in the table of columns: what a new step works on. */
  chosen: readonly ColumnDocument[];
}

/** What a drag carries, so that a file dropped on the list is no step. */
const KIND = "application/x-neuroloom-step";

export function StepsPanel({ data, chosen }: StepsPanelProps) {
  const t = useText();
  const [open, setOpen] = useState<number | null>(null);
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= data.steps.length || from === to) return;
    moveStep(from, to);
    setOpen(null);
  };
  return (
    <div className="panel-body">
      <p className="panel-note muted">{t("data.steps_help")}</p>
      {data.steps.length === 0 && <p className="panel-none muted">{t("data.steps_none")}</p>}
      <ol className="steps-list" aria-label={t("data.steps")}>
        {data.steps.map((step, index) => (
          <StepItem
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names, and their place is what they are
            key={index}
            step={step}
            index={index}
            count={data.steps.length}
            columns={data.columns}
            data={data}
            open={open === index}
            onOpen={() => setOpen(open === index ? null : index)}
            onMove={move}
            onRemoved={() => setOpen(null)}
          />
        ))}
      </ol>
      <AddStep chosen={chosen} />
    </div>
  );
}

function AddStep({ chosen }: { chosen: readonly ColumnDocument[] }) {
  const t = useText();
  const language = useLanguage();
  const usable = chosen.filter(({ role }) => role !== "weight");
  const types = usable.length === 0 ? [] : stepsFor(usable);
  if (usable.length === 0) return <p className="panel-note muted">{t("data.steps_choose")}</p>;
  if (types.length === 0) return <p className="panel-note muted">{t("data.steps_no_fit")}</p>;
  const prompt = t("data.steps_add", { columns: shortNames(usable.map(({ name }) => name)) });
  return (
    <Select
      aria-label={prompt}
      value=""
      options={[
        { value: "", label: prompt },
        ...types.map((value) => ({ value, label: knownStep(value)?.texts[language].label ?? value })),
      ]}
      onChange={(type) => {
        if (type === "") return;
        addStep(
          type,
          usable.map(({ name }) => name),
        );
      }}
    />
  );
}

const shortNames = (names: readonly string[]): string => (names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} …`);

interface StepItemProps {
  step: StepDocument;
  index: number;
  count: number;
  columns: readonly ColumnDocument[];
  data: DataDocument;
  open: boolean;
  onOpen: () => void;
  onMove: (from: number, to: number) => void;
  onRemoved: () => void;
}

function StepItem({ step, index, count, columns, data, open, onOpen, onMove, onRemoved }: StepItemProps) {
  const t = useText();
  const language = useLanguage();
  const [over, setOver] = useState(false);
  const definition = knownStep(step.type);
  const label = definition?.texts[language].label ?? step.type;
  const named = t("data.step_named", { place: index + 1, step: label });
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const to = keyMove(event, index);
    if (to === null) return;
    event.preventDefault();
    const list = event.currentTarget.closest("ol");
    onMove(index, to);
    // The step keeps the focus where it has gone.
    requestAnimationFrame(() => list?.children[Math.max(0, Math.min(count - 1, to))]?.querySelector<HTMLElement>(".step-name")?.focus());
  };
  return (
    <li
      draggable={!open}
      data-over={over}
      onDragStart={(event) => {
        event.dataTransfer.setData(KIND, String(index));
        event.dataTransfer.effectAllowed = "move";
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(KIND)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        setOver(false);
        const from = event.dataTransfer.getData(KIND);
        if (from === "") return;
        event.preventDefault();
        event.stopPropagation();
        onMove(Number(from), index);
      }}
    >
      <div className="step-head">
        <button
          type="button"
          className="step-name"
          aria-label={named}
          aria-expanded={open}
          title={t("data.step_keys")}
          onClick={onOpen}
          onKeyDown={onKeyDown}
        >
          <span className="faint number">{index + 1}</span> <b className="clip">{label}</b>
          <span className="faint clip">{columnWords(step, t)}</span>
        </button>
        <IconButton
          small
          icon="trash"
          label={t("data.step_remove", { step: named })}
          onClick={() => {
            removeStep(index);
            onRemoved();
          }}
        />
      </div>
      {open && (
        <div className="step-body">
          {definition === undefined ? (
            <p className="panel-note muted">{t("data.step_unknown")}</p>
          ) : (
            <>
              <p className="panel-note muted">{definition.texts[language].summary}</p>
              <SchemaForm
                schema={definition.schema}
                values={optionsOf(step)}
                words={definition.texts[language].fields}
                onChange={(name, value) => setStepOption(index, name, value)}
              />
            </>
          )}
          <StepColumns step={step} index={index} columns={columns} />
          <StepEffect data={data} place={index} />
        </div>
      )}
    </li>
  );
}

/** Alt with an arrow moves a step. */
function keyMove(event: KeyboardEvent, index: number): number | null {
  if (!event.altKey) return null;
  if (event.key === "ArrowUp") return index - 1;
  if (event.key === "ArrowDown") return index + 1;
  return null;
}

function columnWords({ columns }: StepDocument, t: Translate): string {
  const [only] = columns;
  return columns.length === 1 ? (only ?? "") : t("data.columns_count", { count: formatCount(columns.length) });
}

function StepColumns({ step, index, columns }: { step: StepDocument; index: number; columns: readonly ColumnDocument[] }) {
  const t = useText();
  const others = columns.filter(({ name, role }) => !step.columns.includes(name) && role !== "ignored" && role !== "weight");
  return (
    <div className="step-columns">
      <ul className="targets">
        {step.columns.slice(0, 50).map((name) => (
          <li key={name}>
            <span className="clip" title={name}>
              {name}
            </span>
            <IconButton
              small
              icon="close"
              label={t("data.step_column_remove", { column: name })}
              disabled={step.columns.length === 1}
              onClick={() =>
                setStepColumns(
                  index,
                  step.columns.filter((other) => other !== name),
                )
              }
            />
          </li>
        ))}
        {step.columns.length > 50 && <li className="muted">{t("data.balance_more", { count: step.columns.length - 50 })}</li>}
      </ul>
      {others.length > 0 && (
        <Select
          className="small"
          aria-label={t("data.step_column_add")}
          value=""
          options={[{ value: "", label: t("data.step_column_add") }, ...others.map(({ name }) => ({ value: name, label: name }))]}
          onChange={(name) => {
            if (name !== "") setStepColumns(index, [...step.columns, name]);
          }}
        />
      )}
    </div>
  );
}
