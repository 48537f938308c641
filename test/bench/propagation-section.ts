/** What follows from a design (shapes, parameters, mistakes) as the canvas asks for it: the first time, and after one change. */
import { CheckMemory } from "../../core/checks/check-memory.ts";
import { examine } from "../../core/checks/examine.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { createNode } from "../../core/graph/create.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { countedIds } from "../../core/graph/naming.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { PropagationCache } from "../../core/graph/propagation-cache.ts";
import { layeredLayout } from "../../core/layout/layered-layout.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_TOP } from "../../core/layout/node-measures.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { largeDesign } from "./large-design.ts";
import { type Measured, measured, median, type Section, timed } from "./measurement.ts";

/** Nodes of the chain, and the milliseconds within which what follows from it must be known. */
const SIZES = [
  { nodes: 200, goal: 16 },
  { nodes: 1000, goal: 100 },
] as const;
const CHANGES = 21;
/** The layers of the chain between input and output, again and again, with the options that one has. */
const BLOCK = [
  { type: "dense", config: { units: 32 } },
  { type: "batch_normalization", config: {} },
  { type: "dropout", config: { rate: 0.3 } },
  { type: "activation", config: { activation: "relu" } },
] as const;

export const propagationSection: Section = {
  name: "propagation",
  title: "Shapes of a design",
  about: `A chain of dense, batch normalization, dropout and activation. Cold: nothing remembered (the very first of the process is among the rounds). Changed: units of one dense layer in the first tenth, so that the layers behind it are looked at again (median of ${CHANGES} changes a round). Arranged: places for all layers, as Shift+A asks for them.`,
  measure: async ({ rounds, say }): Promise<Measured> => {
    const measurements = [];
    for (const { nodes, goal } of SIZES) {
      say(`propagation: ${nodes} nodes`);
      const design = chainOf(nodes);
      const cold: number[] = [];
      const changed: number[] = [];
      const checked: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const cache = new PropagationCache();
        cold.push(await timed(() => requireSound(design, cache)));
        changed.push(await changesOf(design, cache, propagate));
        checked.push(await changesOf(design, cache, examine));
      }
      measurements.push(
        measured(`${nodes} nodes, cold`, "ms", cold, `goal: under ${goal} ms`),
        measured(`${nodes} nodes, after one change`, "ms", changed, `goal: under ${goal} ms`),
        measured(`${nodes} nodes, after one change, with all checks`, "ms", checked, `goal: under ${goal} ms`),
      );
    }
    say("propagation: arranging 1,000 layers");
    const laid: number[] = [];
    for (let round = 0; round < rounds; round += 1) laid.push(await timed(() => arranged(BRANCHED)));
    measurements.push(measured("1000 nodes with 200 shortcuts arranged, off the window's thread", "ms", laid));
    return { measurements, missing: [] };
  },
};

const BRANCHED = largeDesign({ name: "arranged", nodes: 1000, shortcuts: 200, columns: 40 });

function arranged({ graph }: DesignDocument): void {
  const sizes = graph.nodes.map(({ id }) => ({ id, width: NODE_WIDTH, height: NODE_HEIGHT, anchor: PORT_TOP }));
  layeredLayout(sizes, graph.edges);
}

/** With the checks or without. */
type Look = typeof examine;

async function changesOf(design: DesignDocument, cache: PropagationCache, look: Look): Promise<number> {
  const early = design.graph.nodes[Math.floor(design.graph.nodes.length / 10 / BLOCK.length) * BLOCK.length + 1];
  if (early === undefined) throw new Error("the chain has no early layer");
  const times: number[] = [];
  let current = design;
  const memory = new CheckMemory();
  for (let change = 1; change <= CHANGES; change += 1) {
    current = applyCommand(current, { type: "set_config", id: early.id, config: { units: 32 + change } }).design;
    times.push(await timed(() => requireSound(current, cache, look, memory)));
  }
  return median(times);
}

/** A figure of a design with mistakes would measure how soon it gives up. */
function requireSound(design: DesignDocument, cache: PropagationCache, look: Look = propagate, memory = new CheckMemory()): void {
  const { ok, order } = look(design, { cache, memory });
  if (!ok || order.length !== design.graph.nodes.length) throw new Error("the chain has mistakes");
}

function chainOf(count: number): DesignDocument {
  const newId = countedIds("n", []);
  let design = emptyDesign("chain");
  const add = (type: string, config: Readonly<Record<string, unknown>>): void => {
    const last = design.graph.nodes.at(-1);
    const made = createNode(type, { x: 0, y: 0 }, design, newId);
    const node = { ...made, config: { ...made.config, ...config } };
    const edges =
      last === undefined ? [] : [{ id: newId(), source: last.id, source_port: "output", target: node.id, target_port: "input" }];
    design = applyCommand(design, { type: "add_nodes", nodes: [node], edges }).design;
  };
  add("input", { shape: [16] });
  for (let index = 0; index < count - 2; index += 1) {
    const { type, config } = BLOCK[index % BLOCK.length] ?? BLOCK[0];
    add(type, config);
  }
  add("output", {});
  return design;
}
