import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Fragment } from "../../../core/blocks/drawing.ts";
import { drawBlock } from "../../../core/blocks/insert.ts";
import { blockNamed, blocks } from "../../../core/blocks/registry.ts";
import type { NodeDocument } from "../../../core/graph/document.ts";
import type { Builder } from "../../../core/ir/builder.ts";
import { at } from "../../../core/ir/op.ts";
import type { Shape, Tensor } from "../../../core/ir/tensor.ts";
import { NO_NOTES } from "../../../core/layers/layer.ts";
import { layerDefinition } from "../../../core/layers/registry.ts";
import { validateConfig } from "../../../core/schema/validate.ts";
import { everyBackend } from "../../engine/backends.ts";
import { distance } from "../../engine/distance.ts";
import { SmallProgram, sumWeights, weightedSum } from "../../engine/program.ts";

interface Values {
  readonly shape: Shape;
  readonly values: readonly number[];
}
interface BlockCase {
  readonly name: string;
  /** Null: one attention layer, with these options. */
  readonly block: string | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Values[];
  readonly weights: Readonly<Record<string, Values>>;
  readonly output_weights: readonly Values[];
  readonly outputs: readonly Values[];
  readonly input_gradients: readonly Values[];
  readonly weight_gradients: Readonly<Record<string, Values>>;
}
const { cases } = JSON.parse(readFileSync(new URL("blocks.json", import.meta.url), "utf8")) as { cases: readonly BlockCase[] };

/** The layers of a case; sources are wired to what is asked for as input 0, 1 … */
function fragmentOf({ block, options }: BlockCase): Fragment {
  if (block !== null) {
    const definition = blockNamed(block);
    if (definition === undefined) throw new Error(`no block ${block}`);
    return drawBlock(definition, options, "en");
  }
  const node = (id: string, type: string, name: string, config: NodeDocument["config"]): NodeDocument => ({
    id,
    type,
    name,
    config,
    position: { x: 0, y: 0 },
    shared_with: null,
    bypassed: false,
  });
  const ports = ["query", "value", "key"];
  return {
    nodes: [
      ...ports.map((port) => node(port, "activation", port, { activation: "linear" })),
      node("attention", "multi_head_attention", "attention", options),
    ],
    edges: ports.map((port) => ({ id: port, source: port, source_port: "output", target: "attention", target_port: port })),
    groups: [],
    entries: ports,
    exits: ["attention"],
  };
}

interface Built {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly sumWeights: readonly Tensor[];
}

/** Builds layer after layer, as core/spec/build.ts does; inputs are parameters, so that their gradients are computed. */
function build(builder: Builder, fragment: Fragment, one: BlockCase): Built {
  const inputs = one.inputs.map(({ shape }, i) => builder.tensor(shape, "parameter", `input ${i}`));
  const weights = new Map<string, Tensor>();
  const values = new Map<string, Tensor>();
  for (const node of fragment.nodes) {
    const definition = layerDefinition(node.type);
    if (definition === undefined) throw new Error(`no layer ${node.type}`);
    const entry = fragment.entries.indexOf(node.id);
    const arriving = definition.ports.inputs.flatMap((port) =>
      fragment.edges
        .filter((edge) => edge.target === node.id && edge.target_port === port.name)
        .map((edge) => ({ port: port.name, tensor: values.get(edge.source) as Tensor })),
    );
    const tensors = entry >= 0 ? [at(inputs, entry)] : arriving.map(({ tensor }) => tensor);
    const portNames = entry >= 0 ? ["input"] : arriving.map(({ port }) => port);
    const config = validateConfig(definition.schema, node.config, node.name);
    const context = { config, inputs: tensors.map(({ shape }) => shape.slice(1)), portNames };
    const own = Object.fromEntries(
      (definition.parameters?.(context) ?? []).map(({ name, shape }) => {
        const tensor = builder.tensor(shape, "parameter", `${node.name}/${name}`);
        weights.set(tensor.name, tensor);
        return [name, tensor];
      }),
    );
    const rest = { parameters: own, states: {}, training: true, stream: 0, seed: 0 };
    const [output] = definition.build({ builder, ...NO_NOTES, config, portNames, inputs: tensors, ...rest });
    values.set(node.id, output as Tensor);
  }
  const outputs = fragment.exits.map((id) => values.get(id) as Tensor);
  return { inputs, outputs, weights, sumWeights: sumWeights(builder, outputs) };
}

const largest = (all: readonly Values[]): number => Math.max(...all.flatMap(({ values }) => values.map(Math.abs)));

describe.each(cases)("$name", (one) => {
  it.each(everyBackend)("gives PyTorch's outputs and all gradients ($name)", ({ backend, tolerance }) => {
    const fragment = fragmentOf(one);
    let built: Built | undefined;
    const program = new SmallProgram(backend, (builder) => {
      built = build(builder, fragment, one);
      return { results: built.outputs, loss: weightedSum(builder, built.outputs, built.sumWeights) };
    });
    if (built === undefined) throw new Error("nothing was built");
    const { inputs, outputs, weights } = built;
    expect([...weights.keys()].sort()).toEqual(Object.keys(one.weights).sort());
    inputs.forEach((input, i) => program.write(input, at(one.inputs, i).values));
    built.sumWeights.forEach((tensor, i) => program.write(tensor, at(one.output_weights, i).values));
    for (const [name, tensor] of weights) program.write(tensor, one.weights[name]?.values ?? []);
    program.run();
    outputs.forEach((output, i) =>
      expect(distance(program.read(output), at(one.outputs, i).values), `output ${i}`).toBeLessThan(tolerance),
    );
    inputs.forEach((input, i) =>
      expect(distance(program.gradient(input), at(one.input_gradients, i).values), `gradient of input ${i}`).toBeLessThan(tolerance),
    );
    const scale = largest(Object.values(one.weight_gradients));
    for (const [name, tensor] of weights) {
      const expected = one.weight_gradients[name]?.values ?? [];
      const found = program.gradient(tensor);
      // A key's bias moves all scores of a query alike: its gradient is nothing, and rounding is measured by the largest.
      if (largest([{ shape: [], values: expected }]) < 1e-12)
        expect(Math.max(...found.map(Math.abs)) / scale, name).toBeLessThan(tolerance);
      else expect(distance(found, expected), name).toBeLessThan(tolerance);
    }
  });
});

it("compares every block that the palette has", () => {
  expect(new Set(cases.flatMap(({ block }) => block ?? []))).toEqual(new Set(blocks.map(({ name }) => name)));
});
