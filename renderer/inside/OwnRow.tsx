/** A row of one's own to look at: values typed, a picture drawn, chosen or dropped; it begins as the row of the data that was shown. */
import { useEffect } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { TypedDrawing, TypedFields } from "../runs/try/TypedRow.tsx";
import { type TypedColumns, type TypedProfile, useTypedRow } from "../runs/try/typed-row.ts";
import { formatCount } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import type { GivenRow } from "./look-question.ts";
import "../runs/try/try.css";

/** A moment after the last key: each look runs the network. */
const WAIT_MS = 200;

interface OwnRowProps {
  readonly run: Run;
  readonly columns: TypedColumns;
  readonly profile: TypedProfile;
  /** Whose values it begins with. */
  readonly row: number;
  readonly onChange: (given: GivenRow) => void;
}

export function OwnRow({ run, columns, profile, row, onChange }: OwnRowProps) {
  const t = useText();
  const datasetId = run.dataset_id;
  const typed = useTypedRow(columns, profile, { datasetId, row });
  const { given } = typed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller's function is another at every drawing
  useEffect(() => {
    const timer = setTimeout(() => onChange(given), WAIT_MS);
    return () => clearTimeout(timer);
  }, [given]);
  return (
    <div className="own-row">
      {datasetId !== null && <p className="muted">{t("inside.own_start", { row: formatCount(row + 1) })}</p>}
      <TypedDrawing run={run} row={typed} canChoose={run.has_model} />
      <TypedFields row={typed} profile={profile} />
    </div>
  );
}
