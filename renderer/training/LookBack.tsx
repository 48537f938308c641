/** Beside the charts: the network of the run that is shown, at any epoch that was kept; while it trains, as it forms. */
import { useMemo, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { useRunDetails } from "../compare/run-details.ts";
import { EpochScrubber } from "../runs/EpochScrubber.tsx";
import { RunSurface } from "../runs/explain/RunSurface.tsx";
import { axisColumns, whyNoSurface } from "../runs/explain/surface-drawing.ts";
import { RunWeights } from "../runs/weights/RunWeights.tsx";
import { useView } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { Hint } from "../ui/Hint.tsx";
import { LongState } from "../ui/LongState.tsx";
import { TabRow } from "../ui/TabRow.tsx";
import { useText } from "../ui/texts.ts";
import "../runs/weights/run-weights.css";

export function LookBackButton() {
  const t = useText();
  const open = useView((state) => state.lookingBack);
  return (
    <Hint text={t("look_back.open_help")}>
      <Button small aria-pressed={open} onClick={() => useView.setState({ lookingBack: !open })}>
        {t("look_back.open")}
      </Button>
    </Hint>
  );
}

type View = "surface" | "weights";

export function LookBackPane({ run }: { run: Run }) {
  const t = useText();
  const [chosen, setView] = useState<View | null>(null);
  const { details, answer } = useRunDetails(useMemo(() => [run.id], [run.id]));
  const design = details[0]?.design;
  if (design === undefined) return <LongState answer={answer} what={t("common.loading")} />;
  const weights = (epoch: number | undefined | null) => <RunWeights run={run} design={design} epoch={epoch} />;
  const surface = (epoch: number | undefined | null) => <RunSurface run={run} design={design} epoch={epoch} compact />;
  // Of two columns the picture says all; of many the weights are what there is without a choice.
  const view = chosen ?? (design.data !== null && axisColumns(design.data) === 2 ? "surface" : "weights");
  return (
    <aside className="look-back" aria-label={t("look_back.pane")}>
      <EpochScrubber key={run.id} run={run}>
        {(epoch) =>
          whyNoSurface(design.data) === null ? (
            <TabRow
              name={t("look_back.pane")}
              value={view}
              onChange={setView}
              tabs={[
                { key: "surface", label: t("look_back.surface"), content: () => surface(epoch) },
                { key: "weights", label: t("look_back.weights"), content: () => weights(epoch) },
              ]}
            />
          ) : (
            weights(epoch)
          )
        }
      </EpochScrubber>
    </aside>
  );
}
