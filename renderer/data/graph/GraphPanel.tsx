/** Whether the rows are nodes of one graph, and how its edges are told: from the words of texts, or from a column that lists them. */
import { useState } from "react";
import { errorData } from "../../../core/errors.ts";
import type { DataDocument, DocumentGraphDocument, LinkGraphDocument } from "../../../core/graph/document.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import { errorText } from "../../ui/error-text.ts";
import { Field, Select, SwitchField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { useLanguage, useText } from "../../ui/texts.ts";
import { LayoutResult } from "../LayoutResult.tsx";
import { useLayout } from "../layout.ts";
import { changeGraph, setGraph } from "./acts.ts";
import { type GraphKind, graphCandidates, likelyGraph, wordColumns } from "./graph-of.ts";

interface GraphPanelProps {
  data: DataDocument;
  profiles: ReadonlyMap<string, ColumnProfile>;
  rowCount: number;
}

const KINDS: readonly (GraphKind | "none")[] = ["none", "document_words", "links"];
const TOKENIZERS = ["words", "characters", "segments"] as const;

export function GraphPanel({ data, profiles, rowCount }: GraphPanelProps) {
  const t = useText();
  const language = useLanguage();
  const { graph } = data;
  const error = useLayout((state) => state.error);
  const words = wordColumns(data, profiles, rowCount);
  const [refused, setRefused] = useState(false);
  const choose = (kind: GraphKind | "none"): void => {
    const next = kind === "none" ? null : likelyGraph(data, kind, words);
    setRefused(kind !== "none" && next === null);
    if (kind === "none" || next !== null) setGraph(next);
  };
  return (
    <div className="panel-body">
      <section aria-label={t("data.graph_tab")}>
        <Field label={t("data.graph_kind")} help={t("data.graph_help")} wrong={refused ? t("data.graph_no_columns") : null}>
          {(control) => (
            <Select
              {...control}
              value={graph?.kind ?? "none"}
              options={KINDS.map((kind) => ({ value: kind, label: t(`data.graph_kind.${kind}`) }))}
              onChange={choose}
            />
          )}
        </Field>
        {graph?.kind === "document_words" && <Documents graph={graph} columns={words.map(({ name }) => name)} />}
        {graph?.kind === "links" && <Links graph={graph} columns={graphCandidates(data).map(({ name }) => name)} />}
      </section>
      {graph !== undefined &&
        (error === null ? (
          <LayoutResult data={data} rowCount={rowCount} />
        ) : (
          <div className="notice bad-notice" role="alert">
            <Icon name="error" size={14} />
            <p>{errorText(errorData(error), language)}</p>
          </div>
        ))}
    </div>
  );
}

function Documents({ graph, columns }: { graph: DocumentGraphDocument; columns: readonly string[] }) {
  const t = useText();
  return (
    <>
      <ColumnField label={t("data.graph_column")} value={graph.column} columns={columns} onChange={(column) => changeGraph({ column })} />
      <Field label={t("data.graph_tokenizer")}>
        {(control) => (
          <Select
            {...control}
            value={graph.tokenizer}
            options={TOKENIZERS.map((value) => ({ value, label: t(`data.graph_tokenizer.${value}`) }))}
            onChange={(tokenizer) => changeGraph({ tokenizer })}
          />
        )}
      </Field>
      <SwitchField label={t("data.graph_lowercase")} checked={graph.lowercase} onChange={(lowercase) => changeGraph({ lowercase })} />
      <Whole label={t("data.graph_window")} value={graph.window} min={2} max={1000} onChange={(window) => changeGraph({ window })} />
      <Whole
        label={t("data.graph_min_count")}
        value={graph.min_count}
        min={1}
        max={1_000_000}
        onChange={(min_count) => changeGraph({ min_count })}
      />
      <Whole
        label={t("data.graph_max_words")}
        value={graph.max_words}
        min={1}
        max={200_000}
        onChange={(max_words) => changeGraph({ max_words })}
      />
    </>
  );
}

function Links({ graph, columns }: { graph: LinkGraphDocument; columns: readonly string[] }) {
  const t = useText();
  return (
    <>
      <ColumnField
        label={t("data.graph_id")}
        value={graph.id}
        columns={columns.filter((name) => name !== graph.links)}
        onChange={(id) => changeGraph({ id })}
      />
      <ColumnField
        label={t("data.graph_links")}
        value={graph.links}
        columns={columns.filter((name) => name !== graph.id)}
        onChange={(links) => changeGraph({ links })}
      />
      <SwitchField
        label={t("data.graph_directed")}
        help={t("data.graph_directed_help")}
        checked={graph.directed}
        onChange={(directed) => changeGraph({ directed })}
      />
    </>
  );
}

interface ColumnFieldProps {
  label: string;
  value: string;
  columns: readonly string[];
  onChange: (column: string) => void;
}

export function ColumnField({ label, value, columns, onChange }: ColumnFieldProps) {
  // A column that another table no longer has stays to be seen.
  const all = columns.includes(value) ? columns : [value, ...columns];
  return (
    <Field label={label}>
      {(control) => <Select {...control} value={value} options={all.map((name) => ({ value: name, label: name }))} onChange={onChange} />}
    </Field>
  );
}

interface WholeProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

function Whole({ label, value, min, max, onChange }: WholeProps) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.graph_number", { min, max });
  const fits = (number: number | null): number is number => number !== null && Number.isInteger(number) && number >= min && number <= max;
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={value}
          check={(number) => (fits(number) ? null : bad)}
          onWrong={setWrong}
          onChange={(number) => {
            if (fits(number)) onChange(number);
          }}
          step={() => 1}
          notANumber={bad}
        />
      )}
    </Field>
  );
}
