/**
 * How weights, biases and their gradients were spread at the end of the epochs that were kept. Gradients are of the mean loss of the
 * training rows that the canvas looks at (up to 32, the same at every epoch), by the weights of that epoch.
 */
import { historyOf, type WeightsAtATime } from "../../../core/insight/inside/weights/history.ts";
import { weightsOfCheckpoint } from "../../../core/train/checkpoint.ts";
import type { LookedInto } from "./looked-into.ts";
import type { InsideAnswers, InsideQuestion } from "./messages.ts";

const BINS = 40;

type Question = Extract<InsideQuestion, { kind: "history" }>;
type Spreads = InsideAnswers["history"]["weights"];

export async function weightHistory(run: LookedInto, { nodeId, times }: Question): Promise<Spreads> {
  const weights = new Map<string, WeightsAtATime[]>();
  const gradients = new Map<string, WeightsAtATime[]>();
  const add = (to: typeof weights, name: string, time: WeightsAtATime): void => void to.set(name, [...(to.get(name) ?? []), time]);
  let rows = 0;
  for (const { epoch, header, bytes } of times) {
    for (const { name, values } of (weightsOfCheckpoint(header, bytes) ?? []).filter((one) => one.nodeId === nodeId))
      add(weights, name, { epoch, values });
    if (!run.hasData) continue;
    run.takeWeights({ header, bytes });
    const { network } = await run.predictor();
    const probe = await run.signalProbe();
    probe.look(network, 0, epoch);
    rows = probe.rowCount;
    for (const { fullName, name } of network.parameters.filter((one) => one.nodeId === nodeId)) {
      const values = probe.gradientOf(fullName);
      if (values !== null) add(gradients, name, { epoch, values });
    }
  }
  const spreads = (from: typeof weights, of: "weight" | "gradient"): Spreads =>
    [...from].map(([name, own]) => {
      const { epochs, min, max, counts } = historyOf(own, BINS);
      return { name, of, rows: of === "gradient" ? rows : null, epochs: [...epochs], min, max, counts: counts.map((bins) => [...bins]) };
    });
  return [...spreads(weights, "weight"), ...spreads(gradients, "gradient")];
}
