/** How the weights of a layer were spread from epoch to epoch: time from left to right, large weights above, darker where there are many. */
import { useEffect, useMemo, useState } from "react";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { host } from "../../state/host.ts";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import { HeatLegend, HeatMap } from "../HeatMap.tsx";
import { heatScale } from "../heat-scale.ts";

/** @param epoch the one that is shown, which is marked */
export function WeightHistory({ runId, nodeId, epoch }: { runId: string; nodeId: string; epoch: number | undefined }) {
  const t = useText();
  const [round, setRound] = useState(0);
  const { value, error } = useHistory(runId, nodeId, round);
  if (error !== null) return <Failure error={error} onRetry={() => setRound(round + 1)} />;
  const drawn = (value?.weights ?? []).filter(({ epochs }) => epochs.length > 1);
  if (drawn.length === 0) return null;
  const rows = drawn.find(({ of }) => of === "gradient")?.rows ?? null;
  return (
    <section aria-label={t("inside.over_epochs")}>
      <h3 className="history-title">{t("inside.over_epochs")}</h3>
      {rows !== null && <p className="muted">{t("inside.over_epochs_gradient", { rows: formatCount(rows) })}</p>}
      <div className="inside-grid">
        {drawn.map((one) => (
          <Spreads key={`${one.of} ${one.name}`} spread={one} epoch={epoch} />
        ))}
      </div>
    </section>
  );
}

type History = MethodOutput<"inside.weight_history">;
type Spread = History["weights"][number];

/** Asked anew whenever one more epoch was kept; what was there stays until then. */
function useHistory(runId: string, nodeId: string, round: number): { readonly value: History | null; readonly error: unknown } {
  const [found, setFound] = useState<{ readonly of: string; readonly value: History | null; readonly error: unknown } | null>(null);
  const of = `${runId} ${nodeId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let wanted = true;
    // Epochs may end faster than all of them are read: one reading at a time, and one more for what came meanwhile.
    let [reading, again] = [false, false];
    const read = (): void => {
      again = reading;
      if (reading) return;
      reading = true;
      host()
        .call("inside.weight_history", { run_id: runId, node_id: nodeId })
        .then((value) => wanted && setFound({ of: `${runId} ${nodeId}`, value, error: null }))
        .catch((error: unknown) => wanted && setFound({ of: `${runId} ${nodeId}`, value: null, error }))
        .finally(() => {
          reading = false;
          if (wanted && again) read();
        });
    };
    read();
    const stop = host().on("run.snapshot", ({ run_id }) => {
      if (run_id === runId) read();
    });
    return () => {
      wanted = false;
      stop();
    };
  }, [runId, nodeId, round]);
  return found?.of === of ? found : { value: null, error: null };
}

function Spreads({ spread: { name: ownName, of, epochs, counts, min, max }, epoch }: { spread: Spread; epoch: number | undefined }) {
  const t = useText();
  const name = of === "gradient" ? `∇ ${ownName}` : ownName;
  const scale = useMemo(() => heatScale("signed", counts.flat()), [counts]);
  const bins = counts[0]?.length ?? 1;
  const matrix = useMemo(() => {
    const values = new Float32Array(bins * epochs.length);
    counts.forEach((own, column) => {
      own.forEach((count, bin) => {
        values[(bins - 1 - bin) * epochs.length + column] = count;
      });
    });
    return { rows: bins, columns: epochs.length, values };
  }, [counts, bins, epochs.length]);
  const edge = (bin: number): string => formatFigure(min + (bin / bins) * (max - min), 3);
  const rowNames = Array.from({ length: bins }, (_, row) => t("inside.range", { from: edge(bins - 1 - row), to: edge(bins - row) }));
  const title = t("inside.over_epochs_of", { name, from: formatFigure(min, 3), to: formatFigure(max, 3) });
  const place = epoch === undefined ? -1 : epochs.indexOf(epoch);
  return (
    <div>
      <div className="inside-row">
        <span className="mono">{name}</span>
        <HeatLegend scale={scale} />
      </div>
      <HeatMap
        matrix={matrix}
        scale={scale}
        label={title}
        rowNames={rowNames}
        columnNames={epochs.map((one) => formatCount(one))}
        rowWord={t("inside.word.weights")}
        columnWord={t("inside.word.epoch")}
        points={place < 0 ? [] : [{ x: (place + 0.5) / epochs.length, y: 0.98, mark: 0 }]}
        width={260}
        cell={(260 / epochs.length) * (bins / 120)}
      />
    </div>
  );
}
