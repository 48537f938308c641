/**
 * Signals of the run that trains, as the canvas shows them: what every layer gives, and which ones are in trouble. The
 * host is asked for them only while they are switched on; those of the last look stay when the run has ended.
 */
import { create } from "zustand";
import { judgeSignals, type SignalFinding } from "../../core/insight/judge-signals.ts";
import type { LayerSignals } from "../../core/insight/signals.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { brokenLayer } from "../insight/not-finite.ts";
import { useDocument } from "./document.ts";
import { host } from "./host.ts";
import { isGoing, isPanning, onPanning, setWatching, useRuns } from "./runs.ts";
import { remember } from "./session.ts";
import { report } from "./toasts.ts";

interface SignalsState {
  readonly on: boolean;
  readonly runId: string | null;
  readonly step: number;
  readonly layers: ReadonlyMap<string, LayerSignals>;
  readonly findings: ReadonlyMap<string, SignalFinding>;
}

const NOTHING = { runId: null, step: 0, layers: new Map<string, LayerSignals>(), findings: new Map<string, SignalFinding>() };

export const useSignals = create<SignalsState>()(() => ({ on: true, ...NOTHING }));

const SETTING = "signals";
const watched = new Set<string>();

/** Asks for the signals of the runs of the open project that are going, or no longer. */
function follow(): void {
  // Reading what comes costs a frame each time: not while the canvas is moved by hand.
  const on = useSignals.getState().on && !isPanning();
  setWatching(useSignals.getState().on);
  for (const { id, status } of useRuns.getState().runs.filter(isGoing)) {
    if (status !== "running" && status !== "paused" && status !== "preparing") continue;
    if (on === watched.has(id)) continue;
    if (on) watched.add(id);
    else watched.delete(id);
    host().call("runs.watch", { id, on }).catch(report);
  }
}

export function setSignals(on: boolean): void {
  useSignals.setState({ on, ...(on ? {} : NOTHING) });
  remember(SETTING, on);
  follow();
}

/** The newest run stopped at a layer whose values were no numbers any more: it glows until another run begins. */
function markBroken(run: Run | undefined): void {
  const { on, findings } = useSignals.getState();
  const broken = on ? brokenLayer(run) : null;
  const marked = [...findings.values()].find(({ fault }) => fault === "not_finite");
  if (marked?.nodeId === broken?.nodeId && marked?.value === broken?.value) return;
  const next = new Map([...findings].filter(([, { fault }]) => fault !== "not_finite"));
  if (broken !== null) next.set(broken.nodeId, broken);
  useSignals.setState({ findings: next });
}

/** Listens to the host for as long as the window lives. */
export function listenToSignals(): void {
  host()
    .call("app.settings", {})
    .then((settings) => {
      if (settings[SETTING] === false) useSignals.setState({ on: false });
      follow();
    })
    .catch(report);
  onPanning(follow);
  useRuns.subscribe(({ runs }, before) => {
    if (runs === before.runs) return;
    follow();
    markBroken(runs[0]);
  });
  useDocument.subscribe(({ project }, before) => {
    if (project?.id !== before.project?.id) useSignals.setState(NOTHING);
  });
  host().on("run.signals", ({ run_id, signals }) => {
    const ofProject = useRuns.getState().runs.some((run) => run.id === run_id);
    if (!ofProject || !useSignals.getState().on || isPanning()) return;
    useSignals.setState({
      runId: run_id,
      step: signals.step,
      layers: new Map(signals.layers.map((layer) => [layer.nodeId, layer])),
      findings: new Map(judgeSignals(signals).map((finding) => [finding.nodeId, finding])),
    });
  });
}
