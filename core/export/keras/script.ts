/**
 * A design as one Keras 3 script that runs as it is: the model in the functional API, its training, and a reader of Neuroloom's model file
 * that checks itself against the predictions in there.
 */
import { optimizerDefinition } from "../../optimizers/definitions.ts";
import type { TrainingOptions } from "../../spec/training.ts";
import { batchArgument, batchLines } from "../code/batch-size.ts";
import { countedAlike, describedData } from "../code/described-data.ts";
import { indented, pythonArguments, pythonCode } from "../code/python.ts";
import { type CodeSource, type InputEnd, inputEnds, type OutputEnd, outputEnds, READ_NUMBERS } from "../code/script-ends.ts";
import { dataLines, headLines, idLines, mainLines, type NameOf, script } from "../code/script-frame.ts";
import { scheduleBody } from "../pytorch/schedules.ts";
import { type KerasNetwork, kerasNetwork } from "./network.ts";

/** @throws AppError export.layer_not_said, design.activation_not_in_keras, design.not_in_keras */
export function kerasScript(source: CodeSource): string {
  const { name, spec } = source;
  const network = kerasNetwork(spec);
  const [inputs, outputs] = [inputEnds(spec), outputEnds(spec)];
  const nameOf: NameOf = ({ layer }) => network.names.of(layer.id);
  const head = headLines(
    name,
    `Keras 3 (pip install keras torch numpy); ${network.parameterCount} parameters.`,
    ["KERAS_BACKEND may name another backend than torch."],
    IMPORTS,
  );
  return script(
    [
      ...head,
      ...describedData(source),
      "",
      ...network.support.flatMap((text) => ["", text, ""]),
      "",
      ...modelLines(network, inputs, outputs, nameOf),
    ],
    trainLines(outputs, source, nameOf),
    [...weightsLines(network), ...idLines(inputs, outputs, nameOf)],
    READ_NUMBERS,
    LOAD_WEIGHTS,
    CHECK,
    dataLines(inputs, outputs, nameOf, (value) => `np.asarray(${value}, dtype="float32")`),
    mainLines("build()"),
  );
}

const IMPORTS = [
  "import argparse",
  "import base64",
  "import json",
  "import math",
  "import os",
  "import sys",
  "",
  "import numpy as np",
  "",
  'os.environ.setdefault("KERAS_BACKEND", "torch")',
  "import keras",
  "from keras import layers",
];

function modelLines(network: KerasNetwork, inputs: readonly InputEnd[], outputs: readonly OutputEnd[], nameOf: NameOf): string[] {
  const ins = inputs.map((end) => `"${nameOf(end)}": ${nameOf(end)}`);
  const outs = outputs.map((end) => `"${nameOf(end)}": ${network.outputs.get(end.layer.id)}`);
  return ["def build():", ...indented([...network.lines, `return keras.Model({${ins.join(", ")}}, {${outs.join(", ")}})`])];
}

/** Keras's loss by name, or where targets are classes and the loss wants them apart, a function that turns them. */
function lossOf(end: OutputEnd): string {
  const { loss, labelSmoothing, targetIsClass, layer } = end;
  const sparse = targetIsClass && loss.keras.startsWith("sparse_");
  if (targetIsClass && (!sparse || labelSmoothing !== 0)) {
    const dense = loss.keras.replace(/^sparse_/, "");
    const smoothing = labelSmoothing === 0 ? "" : `, label_smoothing=${labelSmoothing}`;
    return `lambda t, p: keras.losses.${dense}(keras.ops.one_hot(keras.ops.cast(keras.ops.reshape(t, keras.ops.shape(p)[:-1]), "int32"), ${layer.shape.at(-1)}), p${smoothing})`;
  }
  if (labelSmoothing !== 0) return `lambda t, p: keras.losses.${loss.keras}(t, p, label_smoothing=${labelSmoothing})`;
  return JSON.stringify(loss.keras);
}

function trainLines(outputs: readonly OutputEnd[], { training, data }: CodeSource, nameOf: NameOf): string[] {
  const { optimizer, schedule, early_stopping: stopping, clipvalue, clipnorm, global_clipnorm, use_ema, ema_momentum } = training;
  const clipping = Object.fromEntries(Object.entries({ clipvalue, clipnorm, global_clipnorm }).filter(([, value]) => value !== null));
  const average = use_ema ? { use_ema, ema_momentum } : {};
  const watchesLoss = schedule.config["patience"] !== undefined;
  const changes = schedule.type !== "constant" && !watchesLoss;
  const { monitor, factor, patience, min_delta, cooldown, min_lr } = schedule.config;
  const watched = (name: unknown): string => `"loss" if validation is None else ${JSON.stringify(name)}`;
  const stop = { min_delta: stopping.min_delta, patience: stopping.patience, restore_best_weights: stopping.restore_best_weights };
  // Neuroloom looks at the averages, and keeps those of the best epoch. Weights that Keras swaps at an epoch's end stay where it stops early.
  const restores = stopping.enabled && stopping.restore_best_weights;
  const callbacks = [
    ...(use_ema ? [`keras.callbacks.SwapEMAWeights(swap_on_epoch=${restores ? "True" : "False"})`] : []),
    ...(changes ? ["Schedule(epochs * -(-count // batch_size))"] : []),
    ...(watchesLoss
      ? [
          `keras.callbacks.ReduceLROnPlateau(monitor=${watched(monitor)}, ${pythonArguments({ factor, patience, min_delta, cooldown, min_lr })})`,
        ]
      : []),
    ...(stopping.enabled ? [`keras.callbacks.EarlyStopping(monitor=${watched(stopping.monitor)}, ${pythonArguments(stop)})`] : []),
  ];
  return [
    ...(changes ? [...scheduleLines(training), "", ""] : []),
    `def train(model, inputs, targets, validation=None, epochs=${training.epochs}, batch_size=${batchArgument(training)}):`,
    '    """Rows by name of input and output; `validation` is a pair of such."""',
    ...indented([
      ...countedAlike(training, data),
      `keras.utils.set_random_seed(${training.seed})`,
      `optimizer = keras.optimizers.${optimizerDefinition(optimizer.type).keras}(${optimizerArguments({ ...optimizer.config, ...clipping, ...average })})`,
      "model.compile(",
      "    optimizer=optimizer,",
      `    loss={${outputs.map((end) => `"${nameOf(end)}": ${lossOf(end)}`).join(", ")}},`,
      `    loss_weights={${outputs.map((end) => `"${nameOf(end)}": ${end.weight}`).join(", ")}},`,
      ")",
      ...(changes || batchLines(training).length > 0 ? ["count = len(next(iter(inputs.values())))"] : []),
      ...batchLines(training),
      `callbacks = [${callbacks.join(", ")}]`,
      `model.fit(inputs, targets, validation_data=validation, epochs=epochs, batch_size=batch_size, shuffle=${training.shuffle ? "True" : "False"}, callbacks=callbacks)`,
      "return model",
    ]),
  ];
}

/** Keras insists on 0.0 where 0 would do. */
const optimizerArguments = (config: Readonly<Record<string, unknown>>): string =>
  pythonArguments(
    Object.fromEntries(
      Object.entries(config).map(([name, value]) => [name, Number.isInteger(value) ? pythonCode((value as number).toFixed(1)) : value]),
    ),
  );

function scheduleLines(training: TrainingOptions): string[] {
  return [
    "def learning_rate(base, step, total_steps):",
    `    """Schedule: ${training.schedule.type}. Steps are counted from 0 over the whole run."""`,
    ...indented(scheduleBody(training)),
    "",
    "",
    "class Schedule(keras.callbacks.Callback):",
    ...indented([
      "def __init__(self, total_steps):",
      "    super().__init__()",
      "    self.step, self.total_steps = 0, total_steps",
      "",
      "def on_train_batch_begin(self, batch, logs=None):",
      `    self.model.optimizer.learning_rate = learning_rate(${training.optimizer.config["learning_rate"]}, self.step, self.total_steps)`,
      "    self.step += 1",
    ]),
  ];
}

function weightsLines(network: KerasNetwork): string[] {
  return [
    "# Weights in a model file of Neuroloom, in the order in which each layer here holds them.",
    "WEIGHTS = {",
    ...[...network.weights].map(([layer, names]) => `    "${layer}": [${names.map((name) => JSON.stringify(name)).join(", ")}],`),
    "}",
  ];
}

const LOAD_WEIGHTS = [
  "def load_weights(model, file):",
  '    """Takes the weights of a model file."""',
  ...indented([
    'entries = {entry["name"]: entry for entry in file["weights"]}',
    "for layer, names in WEIGHTS.items():",
    "    for place, name in zip(model.get_layer(layer).weights, names, strict=True):",
    "        place.assign(read_numbers(entries[name], tuple(place.shape)))",
    "return model",
  ]),
];

const CHECK = [
  "def check(model, file):",
  '    """The largest difference from the predictions that the file keeps."""',
  ...indented([
    'rows, kept = file["check"]["row_count"], file["check"]["predictions"]',
    'inputs = {INPUTS[key]: read_numbers(one, (rows, *one["shape"])) for key, one in file["check"]["inputs"].items()}',
    "outputs = model.predict(inputs, verbose=0)",
    'pairs = [(outputs[OUTPUTS[key]], read_numbers(one, (rows, *one["shape"]))) for key, one in kept.items()]',
    "return max(float(np.abs(ours - theirs).max()) for ours, theirs in pairs)",
  ]),
];
