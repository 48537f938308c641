/**
 * Signals of the run that trains, as the canvas shows them: what every layer gives, and which ones are in trouble. Of several
 * it is the one that the dock shows. The host is asked for them only while they are switched on; those of the last look stay
 * when the run has ended.
 */
import { create } from "zustand";
import { judgeSignals, type SignalFinding } from "../../core/insight/judge-signals.ts";
import type { LayerSignals } from "../../core/insight/signals.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { brokenLayer } from "../insight/not-finite.ts";
import { useDocument } from "./document.ts";
import { host } from "./host.ts";
import { isGoing, isPanning, liveRunOf, onPanning, setWatching, useRuns } from "./runs.ts";
import { remember } from "./session.ts";
import { report } from "./toasts.ts";

interface SignalsState {
  readonly on: boolean;
  /** Whose they are. */
  readonly runId: string | null;
  readonly step: number;
  readonly layers: ReadonlyMap<string, LayerSignals>;
  readonly findings: ReadonlyMap<string, SignalFinding>;
}

const NOTHING = { runId: null, step: 0, layers: new Map<string, LayerSignals>(), findings: new Map<string, SignalFinding>() };

export const useSignals = create<SignalsState>()(() => ({ on: true, ...NOTHING }));

const SETTING = "signals";
/** What the host was told of each run that trains; one that it was told nothing of may be looked into from its start. */
const told = new Map<string, boolean>();
/** The last run that was shown. */
let shown: string | null = null;

/** The run whose signals are shown: that which the dock shows, and after its end still. */
function shownRun(): string | null {
  shown = liveRunOf(useRuns.getState().runs)?.id ?? shown;
  return shown;
}

/** Asks for the signals of the run that is shown, and for those of the others no longer. */
function follow(): void {
  // Reading what comes costs a frame each time: not while the canvas is moved by hand.
  const on = useSignals.getState().on && !isPanning();
  setWatching(useSignals.getState().on);
  const going = useRuns.getState().runs.filter((run) => isGoing(run) && run.status !== "queued");
  for (const id of told.keys()) if (!going.some((run) => run.id === id)) told.delete(id);
  for (const { id } of going) {
    const wanted = on && id === shownRun();
    if ((told.get(id) ?? (on ? null : false)) === wanted) continue;
    told.set(id, wanted);
    host().call("runs.watch", { id, on: wanted }).catch(report);
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
    if (project?.id === before.project?.id) return;
    shown = null;
    useSignals.setState(NOTHING);
  });
  host().on("run.signals", ({ run_id, signals }) => {
    if (run_id !== shownRun() || !useSignals.getState().on || isPanning()) return;
    useSignals.setState({
      runId: run_id,
      step: signals.step,
      layers: new Map(signals.layers.map((layer) => [layer.nodeId, layer])),
      findings: new Map(judgeSignals(signals).map((finding) => [finding.nodeId, finding])),
    });
  });
}
