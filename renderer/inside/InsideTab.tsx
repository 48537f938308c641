/**
 * The dock's look inside: the layer that is selected on the canvas, in the run that is shown, at any epoch that was kept; by one of the
 * views that the layer has, for a row of the data. While it is closed nothing is asked and nothing costs.
 */
import { useMemo, useState } from "react";
import type { ViewName } from "../../core/insight/inside/look.ts";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { useRunDetails } from "../compare/run-details.ts";
import { EpochScrubber } from "../runs/EpochScrubber.tsx";
import { useAnswer } from "../runs/use-answer.ts";
import { select, useDocument } from "../state/document.ts";
import { useRuns } from "../state/runs.ts";
import { useView } from "../state/view.ts";
import { shownRuns } from "../training/shown-runs.ts";
import { Field, Select } from "../ui/Field.tsx";
import { Busy, Empty, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { LookPane } from "./LookPane.tsx";
import { RowPicker } from "./RowPicker.tsx";
import "../runs/runs.css";
import "./inside.css";

export function InsideTab() {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const loading = useRuns((state) => state.loading);
  const compared = useView((state) => state.comparedRuns);
  const [run] = shownRuns(runs, compared);
  if (loading) return <Busy what={t("common.loading")} />;
  if (run === undefined || (!run.has_model && run.epoch === 0 && run.step === 0))
    return (
      <Empty icon="search" title={t("inside.nothing")}>
        {t("inside.nothing_text")}
      </Empty>
    );
  return (
    <section className="inside-tab" aria-label={t("inside.title")}>
      <EpochScrubber key={run.id} run={run}>
        {(epoch) => (epoch === null ? null : <OfRun run={run} epoch={epoch} />)}
      </EpochScrubber>
    </section>
  );
}

type Layer = MethodOutput<"inside.views">["layers"][number];
const epochOf = (epoch: number | undefined): { epoch?: number } => (epoch === undefined ? {} : { epoch });

function OfRun({ run, epoch }: { run: Run; epoch: number | undefined }) {
  const t = useText();
  const { value, error } = useAnswer("inside.views", { run_id: run.id, ...epochOf(epoch) });
  // Another epoch has the same layers: no flash of an empty panel while it is asked for.
  const [known, setKnown] = useState<readonly Layer[] | null>(null);
  if (value !== null && value.layers !== known && JSON.stringify(value.layers) !== JSON.stringify(known)) setKnown(value.layers);
  if (error !== null) return <Failure error={error} />;
  if (known === null) return <Busy what={t("common.loading")} />;
  if (known.length === 0)
    return (
      <Empty icon="search" title={t("inside.no_layers")}>
        {t("inside.no_layers_text")}
      </Empty>
    );
  return <Inside run={run} epoch={epoch} layers={known} />;
}

function Inside({ run, epoch, layers }: { run: Run; epoch: number | undefined; layers: readonly Layer[] }) {
  const t = useText();
  const selection = useDocument((state) => state.selection);
  const [lastLayer, setLastLayer] = useState<string | null>(null);
  const [wantedView, setWantedView] = useState<ViewName | null>(null);
  const [row, setRow] = useState(0);
  const { details } = useRunDetails(useMemo(() => [run.id], [run.id]));
  const columns = details[0]?.design.data?.columns;
  const profile = useAnswer("datasets.profile", run.dataset_id === null ? null : { id: run.dataset_id });
  const selected = layers.find(({ node_id }) => selection.has(node_id));
  const layer = selected ?? layers.find(({ node_id }) => node_id === lastLayer) ?? layers[Math.min(1, layers.length - 1)];
  if (layer === undefined) return null;
  if (selected !== undefined && selected.node_id !== lastLayer) setLastLayer(selected.node_id);
  const view = layer.views.find(({ view: name }) => name === wantedView) ?? layer.views[0];
  if (view === undefined) return null;
  const choose = (id: string): void => {
    setLastLayer(id);
    select([id]);
  };
  const rowCount = profile.value?.dataset.row_count ?? 0;
  return (
    <div className="inside-body">
      <div className="inside-choices">
        <Field label={t("inside.layer")}>
          {(control) => (
            <Select
              {...control}
              value={layer.node_id}
              options={layers.map(({ node_id, name }) => ({ value: node_id, label: name }))}
              onChange={choose}
            />
          )}
        </Field>
        <Field label={t("inside.view")}>
          {(control) => (
            <Select
              {...control}
              value={view.view}
              options={layer.views.map(({ view: name }) => ({ value: name, label: t(`inside.view.${name}`) }))}
              onChange={setWantedView}
            />
          )}
        </Field>
        {run.dataset_id !== null && rowCount > 0 && columns !== undefined && (view.of_row || view.view === "weights") && (
          <RowPicker datasetId={run.dataset_id} columns={columns} rowCount={rowCount} row={row} onChange={setRow} />
        )}
      </div>
      <LookPane runId={run.id} nodeId={layer.node_id} view={view.view} row={row} epoch={epoch} />
    </div>
  );
}
