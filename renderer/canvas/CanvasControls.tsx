/** At the lower left of the canvas: zoom, fit, arrange. */
import { useReactFlow, useStore } from "@xyflow/react";
import { isBaseline } from "../../core/baselines/backend.ts";
import { useKeyWords } from "../state/keys.ts";
import { isGoing, useRuns } from "../state/runs.ts";
import { useSession } from "../state/session.ts";
import { setSignals, useSignals } from "../state/signals.ts";
import { Button } from "../ui/Button.tsx";
import { Hint } from "../ui/Hint.tsx";
import { useText } from "../ui/texts.ts";
import { toggleSnap } from "./align-edits.ts";
import { arrange, stopArranging } from "./arrange.ts";
import { useCanvas } from "./canvas-state.ts";
import { stopPasting } from "./copy-edits.ts";
import { fitCanvas } from "./edits.ts";
import { toggleListView } from "./use-canvas-keys.ts";

export function CanvasControls() {
  const t = useText();
  const flow = useReactFlow();
  const signals = useSignals((state) => state.on);
  const snap = useSession((state) => state.snap);
  const arranging = useCanvas((state) => state.arranging);
  const pasting = useCanvas((state) => state.pasting);
  const snapKeys = useKeyWords("snap");
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="canvas-controls">
      <Button small aria-label={t("canvas.zoom_out")} onClick={() => void flow.zoomOut()}>
        −
      </Button>
      <Hint text={t("canvas.zoom_reset")} side="top">
        <Button small className="zoom" aria-label={t("canvas.zoom_reset")} onClick={() => void flow.zoomTo(1)}>
          {percent} %
        </Button>
      </Hint>
      <Button small aria-label={t("canvas.zoom_in")} onClick={() => void flow.zoomIn()}>
        +
      </Button>
      <Button small act="fit" onClick={() => void fitCanvas()}>
        {t("canvas.fit")}
      </Button>
      {arranging ? (
        <Button small aria-busy="true" onClick={stopArranging}>
          <span className="spinner small" /> {t("canvas.stop_arranging")}
        </Button>
      ) : (
        <Button small act="arrange" onClick={arrange}>
          {t("canvas.arrange")}
        </Button>
      )}
      {pasting ? (
        <Button small aria-busy="true" onClick={stopPasting}>
          <span className="spinner small" /> {t("canvas.stop_pasting")}
        </Button>
      ) : null}
      <Hint text={t("list.show_hint")} side="top">
        <Button small act="listView" onClick={toggleListView}>
          {t("list.show")}
        </Button>
      </Hint>
      <Hint text={t("canvas.snap_hint", { keys: snapKeys })} side="top">
        <Button small aria-pressed={snap} onClick={toggleSnap}>
          {t("canvas.snap")}
        </Button>
      </Hint>
      <Hint text={t("signals.show_hint")} side="top">
        <Button small aria-pressed={signals} onClick={() => setSignals(!signals)}>
          {t("signals.show")}
        </Button>
      </Hint>
      <SignalsOf />
    </div>
  );
}

/** While several runs train: whose signals stand on the canvas. */
function SignalsOf() {
  const t = useText();
  const runId = useSignals((state) => state.runId);
  const name = useRuns(({ runs }) => {
    const several = runs.filter((run) => isGoing(run) && run.status !== "queued" && !isBaseline(run)).length > 1;
    return several ? runs.find(({ id }) => id === runId)?.name : undefined;
  });
  return name === undefined ? null : <span className="signals-of">{t("signals.of", { name })}</span>;
}
