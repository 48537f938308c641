/**
 * Writes the fixture of the importer that TensorFlow.js itself saved: `node test/imports/generate-tfjs.ts FOLDER`, a folder in which
 * `npm install @tensorflow/tfjs` was run. Nothing else of the program needs it.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

interface Tensor {
  readonly shape: readonly number[];
  readonly dataSync: () => Iterable<number>;
}
interface Weight {
  readonly shape: readonly number[];
}
interface Model {
  readonly predict: (inputs: readonly Tensor[]) => Tensor;
  readonly save: (handler: unknown) => Promise<unknown>;
  readonly getWeights: () => readonly Weight[];
  readonly setWeights: (weights: readonly Tensor[]) => void;
}
interface Symbolic {
  readonly shape: readonly (number | null)[];
}
type Layer = { readonly apply: (inputs: Symbolic | readonly Symbolic[]) => Symbolic };
interface Layers {
  readonly input: (options: object) => Symbolic;
  readonly model: (options: object) => Model;
  readonly layers: Readonly<Record<string, (options: object) => Layer>>;
}
interface Core {
  readonly tensor: (values: readonly number[], shape: readonly number[]) => Tensor;
  readonly io: { readonly withSaveHandler: (save: (artifacts: Artifacts) => Promise<object>) => unknown };
}
interface Artifacts {
  readonly modelTopology: object;
  readonly weightSpecs: readonly object[];
  readonly weightData: ArrayBuffer;
  readonly [key: string]: unknown;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("node test/imports/generate-tfjs.ts FOLDER, one with TensorFlow.js in its node_modules");
const need = createRequire(join(resolve(folder), "package.json"));
const library = need("@tensorflow/tfjs") as Core & Layers & { readonly version: { readonly "tfjs-layers": string } };
const { input, model: modelOf, layers } = library;

/** Numbers that are alike each time. */
let state = 7;
function drawn(): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648 - 0.5;
}
const tensorOf = (shape: readonly number[], value: () => number): Tensor => {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return library.tensor(Array.from({ length: size }, value), shape);
};
const make = (kind: string, options: object): Layer => {
  const made = layers[kind];
  if (made === undefined) throw new Error(`TensorFlow.js has no ${kind}`);
  return made(options);
};

const words = input({ shape: [5], name: "words" });
const picture = input({ shape: [6, 6, 2], name: "picture" });
const vectors = make("embedding", { inputDim: 4, outputDim: 3, maskZero: true, name: "vectors" }).apply(words);
const walk = make("lstm", { units: 3, returnSequences: true, name: "walk" }).apply(vectors);
const end = make("gru", { units: 2, name: "end" }).apply(walk);
const cell = layers["gru"]?.({ units: 2, name: "cell" });
const both = make("bidirectional", { layer: cell, mergeMode: "concat", name: "both" }).apply(walk);
const seen = make("conv2d", { filters: 3, kernelSize: 3, activation: "hardSigmoid", name: "seen" }).apply(picture);
const norm = make("batchNormalization", { axis: 3, name: "norm" }).apply(seen);
const rectified = make("reLU", { maxValue: 6, name: "six" }).apply(norm);
const leaky = make("leakyReLU", { name: "leaky" }).apply(norm);
const added = make("add", { name: "sum" }).apply([rectified, leaky]);
const flat = make("flatten", { name: "flat" }).apply(added);
const join_ = make("concatenate", { name: "join" }).apply([end, both, flat]);
const answer = make("dense", { units: 2, activation: "softmax", name: "answer" }).apply(join_);
const model = modelOf({ inputs: [words, picture], outputs: answer, name: "browser" });
model.setWeights(model.getWeights().map(({ shape }) => tensorOf(shape, () => Math.abs(drawn()) * 1.5 + 0.05)));

const rows = [tensorOf([3, 5], () => Math.floor((drawn() + 0.5) * 4)), tensorOf([3, 6, 6, 2], () => drawn() * 4)];
const told = ({ shape, dataSync }: Tensor, of: Tensor): object => ({ shape: shape.slice(1), values: [...dataSync.call(of)] });
const expected = {
  library: `@tensorflow/tfjs-layers ${library.version["tfjs-layers"]}`,
  inputs: rows.map((one) => told(one, one)),
  outputs: [model.predict(rows)].map((one) => told(one, one)),
};
const file = (name: string): string => join(import.meta.dirname, "fixtures", name);
await model.save(
  library.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData, ...rest }) => {
    const { format, generatedBy, convertedBy } = rest;
    const weightsManifest = [{ paths: ["browser.bin"], weights: weightSpecs }];
    const json = { format, generatedBy, convertedBy, modelTopology, weightsManifest };
    writeFileSync(file("browser.tfjs.json"), `${JSON.stringify(json, null, 1)}\n`);
    writeFileSync(file("browser.bin"), new Uint8Array(weightData));
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  }),
);
writeFileSync(file("browser.expected.json"), `${JSON.stringify(expected, null, 1)}\n`);
