/**
 * A design as one PyTorch script that runs as it is: the module, what its weights start from, the training, and a reader of Neuroloom's
 * model file that checks itself against the predictions in there.
 */
import { sizeOf } from "../../ir/tensor.ts";
import { describedData } from "../code/described-data.ts";
import { indented } from "../code/python.ts";
import { type CodeSource, type InputEnd, inputEnds, type OutputEnd, outputEnds, READ_NUMBERS } from "../code/script-ends.ts";
import { dataLines, headLines, idLines, mainLines, type NameOf, script } from "../code/script-frame.ts";
import { firstWeights } from "./first-weights.ts";
import { type PyTorchNetwork, pytorchNetwork } from "./network.ts";
import { trainingLines, transposed } from "./training.ts";

/** @throws AppError export.layer_not_said */
export function pytorchScript(source: CodeSource): string {
  const { name, spec, training, data } = source;
  const network = pytorchNetwork(spec);
  const [inputs, outputs] = [inputEnds(spec), outputEnds(spec)];
  const count = network.weights.filter(({ parameter }) => parameter !== null).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const nameOf: NameOf = ({ layer }) => network.names.of(layer.id);
  const head = headLines(name, `PyTorch (pip install torch numpy); ${count} parameters.`, [], IMPORTS);
  const support = network.support.flatMap((text) => ["", text, ""]);
  return script(
    [...head, ...describedData(source), "", ...support, "", ...moduleLines(network, inputs, outputs, nameOf)],
    initialLines(network),
    predictLines(inputs, outputs, nameOf),
    trainingLines(network, outputs, training, data),
    weightsLines(network),
    READ_NUMBERS,
    idLines(inputs, outputs, nameOf),
    LOAD_WEIGHTS,
    CHECK,
    dataLines(inputs, outputs, nameOf, (value) => `torch.as_tensor(${value}, dtype=torch.float32)`),
    mainLines("initialise(Model())"),
  );
}

const IMPORTS = [
  "import argparse",
  "import base64",
  "import json",
  "import math",
  "import sys",
  "",
  "import numpy as np",
  "import torch",
  "from torch import nn",
];

/** The variable that an output passes on: what its layer's first input is called. */
function moduleLines(network: PyTorchNetwork, inputs: readonly InputEnd[], outputs: readonly OutputEnd[], nameOf: NameOf): string[] {
  const { activityPenalties, outputMasks } = network;
  const masks = outputs.flatMap((end) => {
    const mask = outputMasks.get(end.layer.id);
    return mask === undefined ? [] : [`"${nameOf(end)}": ${mask}`];
  });
  return [
    "class Model(nn.Module):",
    ...indented([
      "def __init__(self):",
      ...indented(["super().__init__()", ...network.modules]),
      "",
      `def forward(self, ${inputs.map((end) => nameOf(end)).join(", ")}):`,
      ...indented([
        ...inputs.map((end) => `# ${nameOf(end)}: [rows, ${end.layer.shape.join(", ")}]`),
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

function predictLines(inputs: readonly InputEnd[], outputs: readonly OutputEnd[], nameOf: NameOf): string[] {
  const call = `model(${inputs.map((end) => `inputs["${nameOf(end)}"]`).join(", ")})`;
  const names = outputs.map((end) => `"${nameOf(end)}"`);
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

const LOAD_WEIGHTS = [
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
];

const CHECK = [
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
