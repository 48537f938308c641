/** Cases of layers that several places share, and of networks that are trained the same way here and there. */
import type { NodeDocument } from "../../core/graph/document.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import { node } from "../engine/design.ts";
import { type ExportCase, graphCase, wired } from "./graph-case.ts";

/** One layer at several places: before its owner, in two towers, with states that only one of the places gives, where the owner gives nothing on. */
export function sharedCases(): ExportCase[] {
  const places = (type: string, config: NodeDocument["config"]): NodeDocument[] => [
    node("p", "input"),
    node("again", type, config, { shared_with: "owner" }),
    node("owner", type, config),
    node("y", "output", { loss: "mse" }),
  ];
  const caseOf = (name: string, nodes: NodeDocument[], wires: readonly string[], shape: Shape): ExportCase => {
    const given = nodes
      .filter(({ type }) => type === "input")
      .map((one) => [one.id, { node: one, shape, holds: "float", below: 0 }] as const);
    return graphCase(`shared: ${name}`, { nodes, edges: wired(...wires), groups: [] }, Object.fromEntries(given));
  };
  const inARow = (name: string, config: NodeDocument["config"]): ExportCase =>
    caseOf(name, places("dense", config), ["p > again", "again > owner", "owner > y"], [3]);
  const twins = ["p > again", "q > owner", "again > both:inputs", "owner > both:inputs", "both > y"];
  const towers = (type: string, config: NodeDocument["config"], shape: Shape): ExportCase =>
    caseOf(`${type}, two towers`, [...places(type, config), node("q", "input"), node("both", "concatenate")], twins, shape);
  const stated = (type: string, cell: string, ...states: readonly string[]): ExportCase => {
    const more = [node("q", "input"), node("both", "concatenate"), node("decoder", cell, { units: 3 })];
    const config = { units: 3, ...(type === cell ? {} : { cell }) };
    const wires = [...twins, ...states, "p > decoder", "decoder > both:inputs"];
    return caseOf(`${type}, ${states.join(", ")}`, [...places(type, config), ...more], wires, [4, 2]);
  };
  return [
    inARow("behind its sharer", { units: 3 }),
    inARow("behind its sharer, an activation with weights", { units: 3, activation: "prelu" }),
    towers("dense", { units: 2 }, [3]),
    towers("batch_normalization", {}, [3]),
    towers("gru", { units: 2 }, [4, 2]),
    ...["again", "owner"].flatMap((place) => [
      stated("lstm", "lstm", `${place}:state > decoder:initial_state`, `${place}:cell_state > decoder:initial_cell_state`),
      stated("gru", "gru", `${place}:state > decoder:initial_state`),
      stated("bidirectional", "gru", `${place}:backward_state > decoder:initial_state`),
    ]),
    stated("gru", "gru", "again:state > owner:initial_state", "owner:state > decoder:initial_state"),
    caseOf(
      "the owner gives nothing on",
      [...places("dense", { units: 2 }), node("q", "input")],
      ["p > again", "q > owner", "again > y"],
      [3],
    ),
  ];
}

/** Trained on the same rows from the same weights, in as many steps. */
export function trainedCases(): ExportCase[] {
  const caseOf = (
    name: string,
    nodes: readonly NodeDocument[],
    shapes: Readonly<Record<string, Shape>>,
    { wires = [], train = {}, output = {} }: TrainedOptions = {},
  ): ExportCase => {
    const chained = [...nodes, node("y", "output", { loss: "mse", ...output })];
    const along = chained.map(({ id }, i) => `${chained[i - 1]?.id ?? "x"} > ${id}`);
    const inputs = Object.entries(shapes).map(([id, shape]) => [id, { node: node(id, "input"), shape, below: 0 }] as const);
    const given = inputs.map(([id, wire]) => [id, { ...wire, holds: id === "mask" ? ("mask" as const) : ("float" as const) }] as const);
    return graphCase(
      `trained: ${name}`,
      { nodes: [...inputs.map(([, wire]) => wire.node), ...chained], edges: wired(...along, ...wires), groups: [] },
      Object.fromEntries(given),
      { epochs: 3, batch_size: 5, shuffle: false, optimizer: { type: "sgd", learning_rate: 0.1 }, ...train },
    );
  };
  const dense = (id: string, config: NodeDocument["config"] = {}) => node(id, "dense", { units: 4, ...config });
  const frozen = { frozen: true };
  const classes = { loss: "categorical_crossentropy" };
  const masked = { wires: ["mask > y:mask"] };
  const restoring = { enabled: true, monitor: "val_loss", patience: 100, restore_best_weights: true };
  return [
    caseOf("a mask of the steps that count", [dense("d")], { x: [4, 2], mask: [4] }, masked),
    caseOf(
      "a mask of the steps that count, classes",
      [dense("d", { activation: "softmax" })],
      { x: [4, 2], mask: [4] },
      { ...masked, output: classes },
    ),
    caseOf("a mask of rows", [dense("d")], { x: [3], mask: [1] }, masked),
    caseOf("a mask in the place of another", [node("m", "masking"), dense("d")], { x: [4, 2], mask: [4] }, masked),
    caseOf("padding", [node("m", "masking"), dense("d")], { x: [4, 2] }),
    ...["batch_normalization", "group_normalization"].flatMap((type) =>
      [{ scale: false }, { center: false }, { scale: false, center: false }].map((lacking) => {
        const config = type === "group_normalization" ? { groups: 1, ...lacking } : lacking;
        return caseOf(`${type} ${JSON.stringify(lacking)}`, [dense("d"), node("n", type, config), dense("e")], { x: [3] });
      }),
    ),
    ...[{}, { scale: false, center: false }].map((config) =>
      caseOf(
        `frozen batch_normalization ${JSON.stringify(config)}`,
        [dense("d"), node("n", "batch_normalization", config, frozen), dense("e")],
        { x: [3] },
      ),
    ),
    caseOf("a penalty behind an activation with weights", [dense("d", { activation: "prelu", activity_l2: 0.3 })], { x: [3] }),
    caseOf(
      "penalties of places",
      [node("p", "positional_encoding", { encoding: "learned", max_length: 4, l1: 0.1, l2: 0.2 }), dense("d")],
      {
        x: [4, 2],
      },
    ),
    caseOf("averages", [dense("d")], { x: [3] }, { train: { use_ema: true, ema_momentum: 0.5 } }),
    ...[0.1, 3].map((learning_rate) =>
      caseOf(
        `averages of the best epoch, by steps of ${learning_rate}`,
        [dense("d")],
        { x: [3] },
        {
          train: { use_ema: true, ema_momentum: 0.5, early_stopping: restoring, optimizer: { type: "sgd", learning_rate } },
        },
      ),
    ),
  ];
}

interface TrainedOptions {
  readonly wires?: readonly string[];
  readonly train?: Readonly<Record<string, unknown>>;
  readonly output?: NodeDocument["config"];
}
