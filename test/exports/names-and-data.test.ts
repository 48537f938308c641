/** What scripts call things, whatever layers are called, and what they say of rows that they do not prepare themselves. */
import { describe, expect, it } from "vitest";
import type { CodeSource } from "../../core/export/code/script-ends.ts";
import { kerasScript } from "../../core/export/keras/script.ts";
import { pytorchScript } from "../../core/export/pytorch/script.ts";
import type { DataDocument, GraphDocument } from "../../core/graph/document.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { chain, node } from "../engine/design.ts";

const sourceOf = (graph: GraphDocument, more: Partial<CodeSource> = {}): CodeSource => ({
  name: "names",
  spec: makeModelSpec(graph, { inputs: {}, outputs: {} }),
  training: readTraining({}),
  data: null,
  vectors: new Map(),
  ...more,
});
const input = (shape: number[]) => node("x", "input", { shape });
const output = node("y", "output", { loss: "mse" });
/** What the lines set, in their order, without what is thrown away. */
const assigned = (script: string, from: string, to: string): string[] => {
  const lines = script.slice(script.indexOf(from), script.indexOf(to)).split("\n");
  return lines.flatMap((line) => /^\s+([\w, ]+) = /.exec(line)?.[1]?.split(", ") ?? []).filter((name) => name !== "_");
};
const forwardNames = (script: string): string[] =>
  assigned(script.slice(script.indexOf("class Model")), "def forward(", "@torch.no_grad()");

describe("names in a script for PyTorch", () => {
  it.each(["Forward", "Train", "Eval", "Training", "Masks", "Half", "Type", "Activity penalty", "State dict", "To", "Parameters"])(
    "leaves the module its own %s",
    (name) => {
      const python = name.toLowerCase().replace(" ", "_");
      const script = pytorchScript(sourceOf(chain(input([3]), node(name, "dense", { units: 2 }), output)));
      expect(script).toContain(`self.${python}_2 = nn.Linear(3, 2, bias=True)`);
      expect(script).not.toMatch(new RegExp(`self\\.${python} =`));
    },
  );

  it.each(["M", "Padded", "Len", "Float"])("keeps what expressions use: %s", (name) => {
    const script = pytorchScript(sourceOf(chain(input([3]), node(name, "dense", { units: 2 }), output)));
    expect(forwardNames(script)).toEqual([`${name.toLowerCase()}_2`]);
  });

  it("calls a mask by a name that no layer has", () => {
    const graph = chain(input([6, 2]), node("Words", "masking"), node("Words mask", "dense", { units: 2 }), node("rnn", "lstm"), output);
    const names = forwardNames(pytorchScript(sourceOf(graph)));
    expect(names).toEqual(["words", "words_mask_2", "words_mask", "rnn"]);
  });

  it("calls a state by a name that no layer has", () => {
    const names = forwardNames(pytorchScript(sourceOf(withState())));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("encoder_state_2");
  });
});

/** The second LSTM starts from the first one's state; another layer is called as that state would be. */
function withState(): GraphDocument {
  const graph = chain(
    input([6, 2]),
    node("Encoder", "gru", { units: 4, return_sequences: true }),
    node("Encoder state", "dense", { units: 2 }),
    node("Decoder", "gru", { units: 4 }),
    output,
  );
  const edge = { id: "state", source: "Encoder", source_port: "state", target: "Decoder", target_port: "initial_state" };
  return { ...graph, edges: [...graph.edges, edge] };
}

describe("names in a script for Keras", () => {
  it("keeps a shared layer apart from a layer called so", () => {
    const graph = chain(
      input([3]),
      node("Dense", "dense", { units: 3 }),
      node("Dense layer", "dense", { units: 3 }),
      node("again", "dense", { units: 3 }, { shared_with: "Dense" }),
      output,
    );
    const script = kerasScript(sourceOf(graph));
    expect(assigned(script, "def build(", "return keras.Model")).toEqual(["x", "dense_layer_2", "dense", "dense_layer", "again"]);
    expect(script).toContain("again = dense_layer_2(dense_layer)");
  });

  it("keeps an activation with weights apart from a layer called so", () => {
    const graph = chain(
      input([3]),
      node("Dense", "dense", { units: 3, activation: "prelu" }),
      node("Dense activation", "dense", { units: 3 }),
      node("again", "dense", { units: 3, activation: "prelu" }, { shared_with: "Dense" }),
      output,
    );
    const script = kerasScript(sourceOf(graph));
    const named = [...script.matchAll(/name="(\w+)"/g)].map(([, name]) => name);
    expect(named).toEqual(["x", "dense", "dense_activation_2", "dense_activation"]);
    expect(script).toContain('"dense_activation_2": ["Dense/activation_');
    expect(script).toContain("again = dense_activation_layer(again)");
  });

  it("keeps a state apart from a layer called so", () => {
    const names = assigned(kerasScript(sourceOf(withState())), "def build(", "return keras.Model");
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(["Cast", "Zeros like"])("leaves Keras its own operation %s", (name) => {
    const python = name.toLowerCase().replace(" ", "_");
    expect(kerasScript(sourceOf(chain(input([3]), node(name, "dense", { units: 2 }), output)))).toContain(`name="${python}_2"`);
  });
});

describe.each([
  ["PyTorch", pytorchScript],
  ["Keras", kerasScript],
] as const)("what a script for %s says of the rows", (_, script) => {
  const graph = chain(input([3]), node("Dense", "dense", { units: 2 }), output);
  const data: DataDocument = {
    source: { kind: "file", name: "people.csv" },
    columns: [
      { name: "age", type: "numeric", role: "feature" },
      { name: "share\nof all", type: "numeric", role: "weight" },
    ],
    steps: [],
    split: { method: "random", validation_fraction: 0.25, seed: null },
    feature_count: null,
    class_count: null,
  };
  const said = (more: Partial<DataDocument>): string => script(sourceOf(graph, { data: { ...data, ...more } }));

  it("names the condition that rows meet", () => {
    expect(said({ filter: "age > 30" })).toContain("#   only rows where age > 30\n");
    expect(said({})).not.toContain("only rows");
  });

  it("counts what was chosen by hand", () => {
    const relabelled = [{ row: 3, column: "age", value: "old" }];
    const text = said({ row_choices: { fingerprint: "f", excluded: [1, 2], relabelled } });
    expect(text).toContain("#   rows left out by hand: 2\n");
    expect(text).toContain("#   rows with labels put right by hand: 1\n");
  });

  it("tells of changed texts, and of a long list of synonyms how long it is", () => {
    const text = said({ augment_text: { copies: 2, swap: 0.1, synonyms: ["big, large", "small, little"], seed: null } });
    expect(text).toContain('#   texts of training rows changed: {"copies":2,"swap":0.1,"seed":null,"synonyms":2}\n');
  });

  it("tells that rows count alike, where they did not", () => {
    expect(said({})).toContain("    # Neuroloom counted each row as much as its share of all says. Here all count alike.\n");
    expect(said({ columns: [] })).not.toContain("count alike");
  });

  it("tells of the vectors that a layer started from", () => {
    const vectors = new Map([["Dense", { hash: "0".repeat(64), name: "glove.txt", width: 50, words: 1200 }]]);
    for (const kept of [data, null])
      expect(script(sourceOf(graph, { vectors, data: kept }))).toContain(
        "layer 'Dense': starts from the vectors of glove.txt in Neuroloom (1200 words, 50 wide), here at random\n",
      );
  });
});
