/**
 * A design as one PyTorch script that runs as it is: the module, what its weights start from, the training, and a reader of Neuroloom's
 * model file that checks itself against the predictions in there.
 */
import { sizeOf } from "../../ir/tensor.ts";
import { ENGINE_VERSION } from "../../version.ts";
import { describedData } from "../code/described-data.ts";
import { docstring, indented } from "../code/python.ts";
import {
  type CodeSource,
  type InputEnd,
  inputEnds,
  type OutputEnd,
  outputEnds,
  READ_NUMBERS,
  randomInput,
  randomTarget,
} from "../code/script-ends.ts";
import { firstWeights } from "./first-weights.ts";
import { type PyTorchNetwork, pytorchNetwork } from "./network.ts";
import { trainingLines, transposed } from "./training.ts";

/** @throws AppError export.layer_not_said */
export function pytorchScript({ name, spec, training, data }: CodeSource): string {
  const network = pytorchNetwork(spec);
  const [inputs, outputs] = [inputEnds(spec), outputEnds(spec)];
  const count = network.weights.filter(({ parameter }) => parameter !== null).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return `${[
    `"""${docstring(name)}`,
    "",
    `Written by Neuroloom ${ENGINE_VERSION} for PyTorch (pip install torch numpy); ${count} parameters.`,
    "",
    "    python THIS.py                       trains on random rows, to show that it runs",
    "    python THIS.py --data rows.npz       trains on prepared rows: an array for each input, target_NAME for each output",
    "    python THIS.py --weights model.json  takes the weights of a model file of Neuroloom and compares its check",
    '"""',
    "import argparse",
    "import base64",
    "import json",
    "import math",
    "import sys",
    "",
    "import numpy as np",
    "import torch",
    "from torch import nn",
    "",
    ...describedData(spec, data),
    "",
    ...network.support.flatMap((text) => ["", text, ""]),
    "",
    ...moduleLines(network, inputs, outputs),
    "",
    "",
    ...initialLines(network),
    "",
    "",
    ...predictLines(network, inputs, outputs),
    "",
    "",
    ...trainingLines(network, outputs, training),
    "",
    "",
    ...weightsLines(network),
    "",
    "",
    ...READ_NUMBERS,
    "",
    "",
    ...loadLines(network, inputs, outputs),
    "",
    "",
    ...dataLines(network, inputs, outputs),
    "",
    "",
    ...MAIN,
  ].join("\n")}\n`;
}

const nameOf = (network: PyTorchNetwork, { layer }: { readonly layer: { readonly id: string } }): string =>
  network.names.get(layer.id) ?? "";

/** The variable that an output passes on: what its layer's first input is called. */
function moduleLines(network: PyTorchNetwork, inputs: readonly InputEnd[], outputs: readonly OutputEnd[]): string[] {
  const { activityPenalties, outputMasks } = network;
  const masks = outputs.flatMap((end) => {
    const mask = outputMasks.get(end.layer.id);
    return mask === undefined ? [] : [`"${nameOf(network, end)}": ${mask}`];
  });
  return [
    "class Model(nn.Module):",
    ...indented([
      "def __init__(self):",
      ...indented(["super().__init__()", ...network.modules]),
      "",
      `def forward(self, ${inputs.map((end) => nameOf(network, end)).join(", ")}):`,
      ...indented([
        ...inputs.map((end) => `# ${nameOf(network, end)}: [rows, ${end.layer.shape.join(", ")}]`),
        ...network.forward,
        ...(activityPenalties.length === 0 ? [] : [`self.activity_penalty = ${activityPenalties.join(" + ")}`]),
        ...(masks.length === 0 ? [] : [`self.masks = {${masks.join(", ")}}`]),
        `return ${outputs.map(({ layer }) => network.variableOf(layer.inputs[0] ?? "")).join(", ")}`,
      ]),
    ]),
  ];
}

function initialLines(network: PyTorchNetwork): string[] {
  const lines = firstWeights(network.weights);
  return [
    "@torch.no_grad()",
    "def initialise(model):",
    '    """Fresh weights: the distributions that the design asks for."""',
    ...indented(lines.length === 0 ? ["return model"] : ["state = model.state_dict()", ...lines, "return model"]),
  ];
}

function predictLines(network: PyTorchNetwork, inputs: readonly InputEnd[], outputs: readonly OutputEnd[]): string[] {
  const call = `model(${inputs.map((end) => `inputs["${nameOf(network, end)}"]`).join(", ")})`;
  const names = outputs.map((end) => `"${nameOf(network, end)}"`);
  return [
    "def predict(model, inputs):",
    '    """Outputs by name."""',
    names.length === 1 ? `    return {${names[0]}: ${call}}` : `    return dict(zip((${names.join(", ")}), ${call}))`,
  ];
}

function weightsLines({ weights }: PyTorchNetwork): string[] {
  return [
    "# Weights in a model file of Neuroloom: their place in the module, and the axes in PyTorch's order.",
    "WEIGHTS = {",
    ...weights.map(
      ({ fullName, path, transpose }) => `    ${JSON.stringify(fullName)}: (${JSON.stringify(path)}, ${transposed(transpose)}),`,
    ),
    "}",
  ];
}

function loadLines(network: PyTorchNetwork, inputs: readonly InputEnd[], outputs: readonly OutputEnd[]): string[] {
  const ids = (ends: readonly (InputEnd | OutputEnd)[]): string =>
    `{${ends.map((end) => `${JSON.stringify(end.layer.id)}: "${nameOf(network, end)}"`).join(", ")}}`;
  return [
    "# Ids in the file's check.",
    `INPUTS, OUTPUTS = ${ids(inputs)}, ${ids(outputs)}`,
    "",
    "",
    "@torch.no_grad()",
    "def load_weights(model, file):",
    '    """Takes the weights of a model file; every weight must be there, and no other."""',
    ...indented([
      "state = model.state_dict()",
      'entries = {entry["name"]: entry for entry in file["weights"]}',
      "if set(WEIGHTS) - set(entries):",
      '    raise ValueError(f"the file lacks {sorted(set(WEIGHTS) - set(entries))}")',
      "for name, (path, axes) in WEIGHTS.items():",
      '    values = torch.from_numpy(read_numbers(entries[name], entries[name]["shape"]).copy())',
      "    state[path].copy_(values if axes is None else values.permute(axes))",
      "return model",
    ]),
    "",
    "",
    "@torch.no_grad()",
    "def check(model, file):",
    '    """The largest difference from the predictions that the file keeps."""',
    ...indented([
      "model.eval()",
      'rows, kept = file["check"]["row_count"], file["check"]["predictions"]',
      'inputs = {INPUTS[key]: torch.from_numpy(read_numbers(one, (rows, *one["shape"])).copy()) for key, one in file["check"]["inputs"].items()}',
      "outputs = predict(model, inputs)",
      'pairs = [(outputs[OUTPUTS[key]], read_numbers(one, (rows, *one["shape"]))) for key, one in kept.items()]',
      "return max(float(np.abs(ours.numpy() - theirs).max()) for ours, theirs in pairs)",
    ]),
  ];
}

function dataLines(network: PyTorchNetwork, inputs: readonly InputEnd[], outputs: readonly OutputEnd[]): string[] {
  const tensor = (value: string): string => `torch.as_tensor(${value}, dtype=torch.float32)`;
  return [
    "ROWS = 64",
    "",
    "",
    "def load_data(path):",
    '    """Inputs and targets by name: from an .npz, or random rows of the right shape."""',
    ...indented([
      "random = np.random.default_rng(0)",
      "if path is None:",
      '    print("no --data: random rows", file=sys.stderr)',
      "    arrays = {",
      ...indented(
        [
          ...inputs.map((end) => `"${nameOf(network, end)}": ${randomInput(end)},`),
          ...outputs.map((end) => {
            const from = inputs.find(({ layer }) => layer.name === end.targetInput);
            return `"target_${nameOf(network, end)}": ${from === undefined ? randomTarget(end) : randomInput(from)},`;
          }),
        ],
        2,
      ),
      "    }",
      "else:",
      "    arrays = np.load(path)",
      `inputs = {name: ${tensor("arrays[name]")} for name in INPUTS.values()}`,
      `targets = {name: ${tensor('arrays[f"target_{name}"]')} for name in OUTPUTS.values()}`,
      "return inputs, targets",
    ]),
  ];
}

const MAIN = [
  'if __name__ == "__main__":',
  ...indented([
    "parser = argparse.ArgumentParser()",
    'parser.add_argument("--data")',
    'parser.add_argument("--weights")',
    'parser.add_argument("--epochs", type=int)',
    "options = parser.parse_args()",
    "model = initialise(Model())",
    "if options.weights is not None:",
    '    with open(options.weights, encoding="utf-8") as opened:',
    "        kept = json.load(opened)",
    "    load_weights(model, kept)",
    '    print(f"largest difference from the kept predictions: {check(model, kept):.3g}")',
    "else:",
    "    rows = load_data(options.data)",
    '    train(model, *rows, **({} if options.epochs is None else {"epochs": options.epochs}))',
  ]),
];
