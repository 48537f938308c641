/** A trained run tried out: values typed, a row of the data picked or a picture drawn, and what the network says of it at once. */
import { useMemo, useState } from "react";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { useRunDetails } from "../../compare/run-details.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { SwitchField } from "../../ui/Field.tsx";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { RowPicker } from "./RowPicker.tsx";
import { TryAnswers } from "./TryAnswers.tsx";
import { TrySeries } from "./TrySeries.tsx";
import { TypedDrawing, TypedFields } from "./TypedRow.tsx";
import { type TypedColumns, type TypedProfile, useTypedRow } from "./typed-row.ts";
import "./try.css";

/** More fields than these would push the answer out of sight. */
const MOST_FIELDS_ABOVE = 4;

export function RunTry({ run }: { run: Run }) {
  const t = useText();
  const form = useAnswer("runs.form", { id: run.id });
  const isSeries = form.value?.window === true;
  const profile = useAnswer("datasets.profile", run.dataset_id === null ? null : { id: run.dataset_id });
  if (isSeries) return <TrySeries run={run} />;
  if (form.value === null || (run.dataset_id !== null && profile.value === null && profile.error === null))
    return <LongState answer={form.value === null ? form : profile} what={t("common.loading")} />;
  return <TryForm run={run} columns={form.value.columns} graph={form.value.graph} profile={profile.value} />;
}

interface TryFormProps {
  readonly run: Run;
  readonly columns: TypedColumns;
  /** Of a graph: the columns that name its nodes and hold their links, or their text. */
  readonly graph: MethodOutput<"runs.form">["graph"];
  readonly profile: TypedProfile;
}

function TryForm({ run, columns, graph, profile }: TryFormProps) {
  const t = useText();
  const [row, setRow] = useState(0);
  /** Of a graph with links: whether the row is put in once more rather than read off at the node of its name. */
  const [asNew, setAsNew] = useState(false);
  const [nodeName = null] = graph?.length === 2 ? graph : [];
  const { details } = useRunDetails(useMemo(() => [run.id], [run.id]));
  const designColumns = details[0]?.design.data?.columns;
  const rowCount = profile?.dataset.row_count ?? 0;
  const typed = useTypedRow(columns, profile, {
    datasetId: rowCount === 0 ? null : run.dataset_id,
    row,
    onRow: () => setAsNew(false),
  });
  // A text is written before it is answered: what grows above it would push it away under the hand.
  const isTyped = typed.columns.some(({ type }) => type === "text") && typed.columns.length <= MOST_FIELDS_ABOVE;
  const fields = typed.columns.length > 0 && (
    <div className="try-values">
      <TypedFields
        row={typed}
        profile={profile}
        longTexts={graph === null || graph.length === 1}
        // What a node is called says which it is; all else, that it is to be another.
        onType={(column) => {
          if (nodeName !== null) setAsNew(column !== nodeName);
        }}
      />
    </div>
  );
  return (
    <div className="try">
      {rowCount > 0 && run.dataset_id !== null && (
        <RowPicker
          datasetId={run.dataset_id}
          columns={designColumns}
          rowCount={rowCount}
          row={row}
          onChange={setRow}
          putBack={typed.changed ? typed.putBack : undefined}
        />
      )}
      <TypedDrawing run={run} row={typed} canChoose />
      {nodeName !== null && (
        <SwitchField label={t("try.as_new")} help={t("try.as_new_help", { column: nodeName })} checked={asNew} onChange={setAsNew} />
      )}
      {isTyped && fields}
      <TryAnswers run={run} values={typed.given.values} picture={typed.given.picture} effects={typed.drawing === null} asNew={asNew} />
      {!isTyped && fields}
    </div>
  );
}
