/** The same layer in Keras, as the help card shows it: word for word what a script that is exported says of it. */
import { expect, test } from "vitest";
import { activationNames } from "../../core/activations/definitions.ts";
import { kerasNetwork } from "../../core/export/keras/network.ts";
import type { NodeDocument } from "../../core/graph/document.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { arrivalsOf, valueShapes } from "../../core/spec/layer-values.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import type { ModelSpec } from "../../core/spec/model-spec.ts";
import { layerCode } from "../../renderer/inspector/layer-code.ts";
import { chain, node } from "../engine/design.ts";
import { layerCases } from "../exports/cases.ts";

const layerOf = (spec: ModelSpec) => {
  const layer = spec.layers.find(({ id }) => id === "layer");
  if (layer === undefined) throw new Error("no layer");
  return layer;
};

function card(spec: ModelSpec): string | null {
  const layer = layerOf(spec);
  const definition = layerDefinition(layer.type);
  if (definition === undefined) throw new Error(layer.type);
  const shapes = valueShapes(spec.layers);
  return (
    layerCode(
      definition,
      layer.config,
      arrivalsOf(layer, (value) => shapes.get(value) ?? []),
    ).keras?.text ?? null
  );
}

/** What the script sets the layer's value to, with the card's names; states that others take are none of the card's. */
function exported(spec: ModelSpec): string[] | null {
  let network: ReturnType<typeof kerasNetwork>;
  try {
    network = kerasNetwork(spec);
  } catch {
    return null;
  }
  const { inputs } = layerOf(spec);
  const own = network.names.of("layer");
  const shown = new Map(inputs.map((value, i) => [network.names.of(value), inputs.length === 1 ? "x" : `x${i + 1}`]));
  return network.lines
    .filter((line) => new RegExp(`^(${own}|_)(, \\w+)* = `).test(line))
    .map((line) =>
      line
        .replace(/^.*? = /, "")
        .replaceAll(/(, )?(name="\w+"|return_state=True)/g, "")
        .replaceAll(/(?<!\.)layers\./g, "keras.layers.")
        .replace(new RegExp(`\\(${own}\\)$`), "(y)")
        .replaceAll(/(?<![\w"])\w+(?!\w)/g, (word) => shown.get(word) ?? word),
    );
}

/** What the card says, as the lines of such a script: the layer is made where it is called. */
function asLines(text: string): string[] {
  const [made = "", ...others] = text.split("\n");
  if (!made.startsWith("layer = ")) return made.startsWith("x") ? [made] : [`${made}(x)`, ...others.map((line) => `${line}(y)`)];
  return others.map((line) => line.replace(/^y = /, "").replace(/^layer/, () => made.replace("layer = ", "")));
}

const inChain = (type: string, config: NodeDocument["config"], shape: number[]): ModelSpec =>
  makeModelSpec(chain(node("x", "input", { shape }), node("layer", type, config), node("y", "output", { loss: "mse" })), {
    inputs: {},
    outputs: {},
  });

const CASES: readonly (readonly [string, ModelSpec])[] = [
  ...layerCases().map(({ name, source }) => [name, source.spec] as const),
  ...activationNames.map((activation) => [`dense: ${activation}`, inChain("dense", { units: 3, activation }, [4])] as const),
  ["lstm: hard_sigmoid_keras2", inChain("lstm", { units: 3, recurrent_activation: "hard_sigmoid_keras2" }, [5, 4])],
];

test.each(CASES)("%s", (_, spec) => {
  const text = card(spec);
  expect(text === null ? null : asLines(text)).toEqual(exported(spec));
});

test("an option of the call is told before anything is connected, and while an input is still missing", () => {
  const attention = layerDefinition("attention");
  if (attention === undefined) throw new Error("attention");
  const config = { use_scale: false, score_mode: "dot", dropout: 0, use_causal_mask: true };
  const told = 'layer = keras.layers.Attention(use_scale=False, score_mode="dot", dropout=0)\ny = layer([x1, x2], use_causal_mask=True)';
  expect(layerCode(attention, config, { inputs: [] }).keras?.text).toBe(told);
  expect(layerCode(attention, config, { inputs: [[5, 4]], portNames: ["value"] }).keras?.text).toBe(told);
});
