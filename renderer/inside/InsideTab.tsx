/**
 * The dock's look inside: the layer that is selected on the canvas, in the run that is shown, at any epoch that was kept or with the
 * weights of a run that trains; by one of the views that the layer has, for a row of the data or one's own. While it is closed nothing
 * is asked and nothing costs.
 */
import { useMemo, useState } from "react";
import type { ViewName } from "../../core/insight/inside/look.ts";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { useRunDetails } from "../compare/run-details.ts";
import { EpochScrubber } from "../runs/EpochScrubber.tsx";
import { RowPicker } from "../runs/try/RowPicker.tsx";
import { select, useDocument } from "../state/document.ts";
import { isGoing, useRuns, useRunsRead } from "../state/runs.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useView } from "../state/view.ts";
import { shownRuns } from "../training/shown-runs.ts";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Empty } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { LookPane } from "./LookPane.tsx";
import type { ExplainedNumber, GivenRow, LookMoment, PlaneOfInput } from "./look-question.ts";
import { runToLookInto, usualRow } from "./looked-into.ts";
import { OwnRow } from "./OwnRow.tsx";
import "../runs/weights/run-weights.css";
import "./inside.css";

export function InsideTab() {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const read = useRunsRead();
  const compared = useView((state) => state.comparedRuns);
  const run = runToLookInto(shownRuns(runs, compared), runs);
  if (run === undefined && read.value === null) return <LongState answer={read} what={t("common.loading")} />;
  if (run === undefined)
    return (
      <Empty icon="search" title={t("inside.nothing")}>
        {t("inside.nothing_text")}
      </Empty>
    );
  return (
    <section className="inside-tab" aria-label={t("inside.title")}>
      <OfMoments key={run.id} run={run} />
    </section>
  );
}

/** The weights of epochs that were kept, or those that a run has while it trains. */
function OfMoments({ run }: { run: Run }) {
  const t = useText();
  const [wantsLive, setWantsLive] = useState(false);
  const going = isGoing(run) && run.status !== "queued";
  const live = wantsLive && going;
  return (
    <>
      {going && (
        <SwitchField label={t("inside.live")} help={t("inside.live_help")} helpOnLabel checked={wantsLive} onChange={setWantsLive} />
      )}
      {live ? (
        <OfRun run={run} moment={LIVE} />
      ) : (
        <EpochScrubber run={run}>
          {(epoch) => (epoch === null ? null : <OfRun run={run} moment={epoch === undefined ? TRAINED : { epoch }} />)}
        </EpochScrubber>
      )}
    </>
  );
}

const LIVE: LookMoment = { live: true };
const TRAINED: LookMoment = {};

type Views = MethodOutput<"inside.views">;

function OfRun({ run, moment }: { run: Run; moment: LookMoment }) {
  const t = useText();
  // Nothing was trained before the first steps: asked again with them.
  const begun = run.status !== "preparing";
  const answer = useAnswer("inside.views", begun || moment.live !== true ? { run_id: run.id, ...moment } : null);
  const { value } = answer;
  // Another epoch has the same layers: no flash of an empty panel while it is asked for.
  const [known, setKnown] = useState<Views | null>(null);
  if (value !== null && value !== known && JSON.stringify(value) !== JSON.stringify(known)) setKnown(value);
  if (answer.error !== null || known === null) return <LongState answer={answer} what={t("common.loading")} />;
  if (known.layers.length === 0)
    return (
      <Empty icon="search" title={t("inside.no_layers")}>
        {t("inside.no_layers_text")}
      </Empty>
    );
  return <Inside run={run} moment={moment} layers={known.layers} form={known.form} />;
}

interface InsideProps {
  readonly run: Run;
  readonly moment: LookMoment;
  readonly layers: Views["layers"];
  readonly form: Views["form"];
}

function Inside({ run, moment, layers, form }: InsideProps) {
  const t = useText();
  const selection = useDocument((state) => state.selection);
  const [lastLayer, setLastLayer] = useState<string | null>(null);
  const [wantedView, setWantedView] = useState<ViewName | null>(null);
  const [picked, setRow] = useState<number | null>(null);
  const [own, setOwn] = useState(false);
  const [given, setGiven] = useState<GivenRow | null>(null);
  const [explained, setExplained] = useState<ExplainedNumber | null>(null);
  const [plane, setPlane] = useState<PlaneOfInput | null>(null);
  const { details } = useRunDetails(useMemo(() => [run.id], [run.id]));
  const columns = details[0]?.design.data?.columns;
  const profile = useAnswer("datasets.profile", run.dataset_id === null ? null : { id: run.dataset_id });
  // Of several that are chosen, as the layers of a collapsed group always are, the one that was looked at last.
  const chosen = layers.filter(({ node_id }) => selection.has(node_id));
  const selected = chosen.find(({ node_id }) => node_id === lastLayer) ?? chosen[0];
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
  const row = picked ?? usualRow(details[0]?.design.data, rowCount);
  const ofRow = view.of_row || view.view === "weights";
  const canPick = run.dataset_id !== null && rowCount > 0;
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
        {ofRow && form !== null && (
          <Field label={t("inside.subject")}>
            {(control) => (
              <Select
                {...control}
                value={own ? "own" : "row"}
                options={[
                  { value: "row", label: t("inside.subject.row") },
                  { value: "own", label: t("inside.subject.own") },
                ]}
                onChange={(next) => setOwn(next === "own")}
              />
            )}
          </Field>
        )}
        {ofRow && !own && canPick && (
          <RowPicker datasetId={run.dataset_id ?? ""} columns={columns} rowCount={rowCount} row={row} onChange={setRow} />
        )}
        {ofRow && own && form !== null && <OwnRow run={run} columns={form} profile={profile.value} row={row} onChange={setGiven} />}
      </div>
      <LookPane
        run={run}
        nodeId={layer.node_id}
        view={view.view}
        moment={moment}
        row={row}
        given={ofRow && own ? given : null}
        explained={explained}
        onExplain={setExplained}
        plane={plane}
        onPlane={setPlane}
      />
    </div>
  );
}
