/**
 * The host's own thread answers every window: how long it is taken in one turn while a run with about 100 MB of weights trains and keeps its
 * checkpoints, weights of epochs and model, and while another goes on from what it kept.
 */

import type { DesignDocument } from "../../core/graph/document.ts";
import type { MethodInput } from "../../core/protocol/methods.ts";
import { openHost } from "../../main/host/host.ts";
import type { Host } from "../../main/host/host-interface.ts";
import { TRAINER } from "../built.ts";
import { temporaryHome } from "./loopback-app.ts";
import { measured, median, type Section } from "./measurement.ts";
import { longestTurn } from "./turn-section.ts";

const GOAL_MS = 50;
const ENDED = new Set(["done", "failed", "stopped"]);
/** 64 × 5,000 + 5,000 × 4,700 weights: 95 MB, a checkpoint with what Adam remembers 286 MB. */
const UNITS: Readonly<Record<string, number>> = { hidden_1: 5000, hidden_2: 4700 };

type From = MethodInput<"runs.start">["continue_from"];

export const savingSection: Section = {
  name: "saving",
  title: "The turn of the host's thread while large weights are kept",
  about:
    "The digits template with 5,000 and 4,700 units (23.9 million weights, 95 MB; a checkpoint with what Adam remembers 286 MB), two epochs: the longest turn of the host's thread from the start of the run to its end, in which it keeps a checkpoint of each epoch, the best and the last, weights of epochs and the model; and of a run that goes on from a checkpoint. Processor time of the thread, which others on the machine do not lengthen, and beside it the longest that it did not answer by the clock, with the flushes to the disk.",
  measure: async ({ rounds, say }) => {
    const found = new Map<string, { readonly turn: number[]; readonly still: number[]; readonly took: number[] }>();
    for (let round = 1; round <= rounds; round++) {
      using home = temporaryHome();
      const host = await openHost({ home: home.path, entry: "test", workerUrl: TRAINER });
      const note = async (name: string, act: () => Promise<unknown>): Promise<void> => {
        const { turn, still, took } = await longestTurn(act);
        say(`saving: ${name}, round ${round} of ${rounds}: ${Math.round(turn)} ms, by the clock ${Math.round(still)} ms`);
        const figures = found.get(name) ?? { turn: [], still: [], took: [] };
        found.set(name, { turn: [...figures.turn, turn], still: [...figures.still, still], took: [...figures.took, took] });
      };
      try {
        await host.handlers["app.set_setting"]({ key: "checkpoint_every", value: 1 });
        await host.handlers["app.set_setting"]({ key: "checkpoint_keep", value: 1 });
        const { design, dataset_id: datasetId } = await host.handlers["templates.open"]({ name: "digits" });
        const large = enlarged(design);
        const { project } = await host.handlers["projects.create"]({ design: large, dataset_id: datasetId });
        const start = (from?: From): Promise<string> => trained(host, project.id, large, datasetId ?? "", from);
        let first = "";
        await note("a run that trains and is kept", async () => {
          first = await start();
        });
        await note("a run that goes on from its checkpoint", () => start({ run_id: first, checkpoint: "epoch-2", optimizer: true }));
        await note("a run that starts from its model", () => start({ run_id: first, checkpoint: "final" }));
        await note("the library compacted", () => host.handlers["library.compact"]({ task_id: "compact" }));
      } finally {
        await host.shutdown({ checkpoint: false });
      }
    }
    const measurements = [...found].flatMap(([name, { turn, still, took }]) => [
      measured(
        `${name}: longest turn`,
        "ms",
        turn,
        `under ${GOAL_MS} ms: ${median(turn) < GOAL_MS ? "met" : "NOT met"}; all of it took ${Math.round(median(took) / 1000)} s`,
      ),
      measured(`${name}: longest without an answer, by the clock`, "ms", still),
    ]);
    return { measurements, missing: [] };
  },
};

function enlarged(design: DesignDocument): DesignDocument {
  const nodes = design.graph.nodes.map((node) => {
    const units = UNITS[node.id];
    return units === undefined ? node : { ...node, config: { ...node.config, units } };
  });
  const train = { ...design.train, epochs: 2, batch_size: 512, early_stopping: { enabled: false } } as DesignDocument["train"];
  return { ...design, graph: { ...design.graph, nodes }, train };
}

async function trained(host: Host, projectId: string, design: DesignDocument, datasetId: string, from: From): Promise<string> {
  const { run } = await host.handlers["runs.start"]({
    project_id: projectId,
    design,
    dataset_id: datasetId,
    ...(from === undefined ? {} : { continue_from: from }),
  });
  await new Promise<void>((resolve, reject) => {
    const stop = host.onEvent((event, payload) => {
      if (event !== "run.changed") return;
      const { run: now } = payload as { run: { id: string; status: string; error: unknown } };
      if (now.id !== run.id || !ENDED.has(now.status)) return;
      stop();
      if (now.status === "done") resolve();
      else reject(new Error(`saving: the training ended with ${JSON.stringify(now.error)}`));
    });
  });
  return run.id;
}
