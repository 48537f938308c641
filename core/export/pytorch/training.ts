/** The training of a design as Python: loss, penalties, constraints, clipping, schedule, early stopping, averaged weights. */
import type { DataDocument } from "../../graph/document.ts";
import { optimizerDefinition } from "../../optimizers/definitions.ts";
import type { TrainingOptions } from "../../spec/training.ts";
import { batchArgument, batchLines } from "../code/batch-size.ts";
import { countedAlike } from "../code/described-data.ts";
import { indented } from "../code/python.ts";
import type { OutputEnd } from "../code/script-ends.ts";
import type { PyTorchNetwork, PyTorchWeight } from "./network.ts";
import { plateauLines, scheduleBody } from "./schedules.ts";

const inverse = (transpose: readonly number[]): number[] => transpose.map((_, axis) => transpose.indexOf(axis));
const isPlain = (transpose: readonly number[]): boolean => transpose.every((axis, i) => axis === i);

/** `loss_of(model, outputs, targets)`: every output's loss times its weight, and all penalties. */
export function lossLines(network: PyTorchNetwork, ends: readonly OutputEnd[]): string[] {
  const terms = ends.flatMap((end): string[] => {
    const name = network.names.of(end.layer.id);
    const mask = network.outputMasks.get(end.layer.id);
    const flat = end.loss.op === "elementwise_loss" ? [] : ["p, t = p.reshape(-1, p.shape[-1]), t.reshape(-1).long()"];
    // With a mask the loss is the mean over the steps that count.
    const counted = mask === undefined ? [] : [`counts = model.masks["${name}"].reshape(p.shape[:-1]) != 0`, "p, t = p[counts], t[counts]"];
    const expression = end.loss.pytorch("p", "t", end.labelSmoothing);
    const target = end.targetIsClass ? `targets["${name}"]` : `targets["${name}"].reshape(outputs["${name}"].shape)`;
    return [
      `p, t = outputs["${name}"], ${target}`,
      ...counted,
      ...flat,
      `loss = loss + ${end.weight === 1 ? "" : `${end.weight} * `}${expression}`,
    ];
  });
  const penalised = network.weights.filter(
    ({ parameter, trainable }) => trainable && ((parameter?.l1 ?? 0) !== 0 || (parameter?.l2 ?? 0) !== 0),
  );
  const penalties = penalised.flatMap(({ path, parameter }) => [
    ...((parameter?.l1 ?? 0) === 0 ? [] : [`loss = loss + ${parameter?.l1} * weights["${path}"].abs().sum()`]),
    ...((parameter?.l2 ?? 0) === 0 ? [] : [`loss = loss + ${parameter?.l2} * (weights["${path}"] ** 2).sum()`]),
  ]);
  return [
    "def loss_of(model, outputs, targets):",
    '    """The mean over the rows, and penalties."""',
    ...indented([
      "loss = 0.0",
      ...terms,
      ...(penalties.length === 0 ? [] : ["weights = dict(model.named_parameters())", ...penalties]),
      ...(network.activityPenalties.length === 0 ? [] : ["loss = loss + model.activity_penalty"]),
      "return loss",
    ]),
  ];
}

/** Keras's constraints, over the axes of our order. */
const CONSTRAIN = [
  "def constrain(weight, rule, over, limit, ours, theirs):",
  '    """Keeps a weight to its constraint, over the axes as Keras orders them."""',
  "    w = weight.permute(ours).contiguous()",
  '    if rule == "non_neg":',
  "        w = w * (w >= 0)",
  "    else:",
  '        axes = {"first": [0], "last": [w.dim() - 1], "all_but_last": list(range(max(1, w.dim() - 1)))}[over]',
  "        norms = torch.sqrt((w**2).sum(axes, keepdim=True))",
  '        wanted = norms.clamp(0, limit) if rule == "max_norm" else 1',
  "        w = w * wanted / (norms + 1e-7)",
  "    weight.copy_(w.permute(theirs))",
];

const PUT = [
  "@torch.no_grad()",
  "def put(weights, values):",
  '    """Puts values in the place of weights; gives back what was there."""',
  "    before = [weight.clone() for weight in weights]",
  "    for weight, value in zip(weights, values):",
  "        weight.copy_(value)",
  "    return before",
];

function constraintCalls(weights: readonly PyTorchWeight[]): string[] {
  return weights.flatMap(({ path, parameter, transpose, trainable }) => {
    const { constraint } = parameter ?? {};
    if (constraint === undefined || !trainable) return [];
    const axes = `[${inverse(transpose).join(", ")}], [${transpose.join(", ")}]`;
    return [`constrain(weights["${path}"], "${constraint.function}", "${constraint.over}", ${constraint.limit ?? "None"}, ${axes})`];
  });
}

const gradientLines = ({ clipvalue, clipnorm, global_clipnorm: all }: TrainingOptions): string[] => [
  ...(clipvalue === null ? [] : [`nn.utils.clip_grad_value_(trained, ${clipvalue})`]),
  ...(clipnorm === null ? [] : ["for weight in trained:", `    nn.utils.clip_grad_norm_([weight], ${clipnorm})`]),
  ...(all === null ? [] : [`nn.utils.clip_grad_norm_(trained, ${all})`]),
];

/** Everything from the schedule to `train(model, inputs, targets, validation)`. */
export function trainingLines(
  network: PyTorchNetwork,
  ends: readonly OutputEnd[],
  training: TrainingOptions,
  data: DataDocument | null,
): string[] {
  const constraints = constraintCalls(network.weights);
  const { early_stopping: stopping } = training;
  const plateau = plateauLines(training);
  const frozen = network.weights.flatMap(({ parameter, trainable, path }) => (parameter !== null && !trainable ? [path] : []));
  const hasOptimizer = network.weights.some(({ trainable }) => trainable);
  const averages = training.use_ema && hasOptimizer;
  const restores = stopping.enabled && stopping.restore_best_weights;
  const watched = stopping.monitor === "loss" ? "loss" : "(loss if validation_loss is None else validation_loss)";
  const startsOf = [
    ...(plateau.length === 0 ? [] : ['best_rate_loss, waited, cooldown = float("inf"), 0, 0']),
    ...(stopping.enabled ? ['best_loss, best_weights, patience = float("inf"), None, 0'] : []),
    ...(averages ? ["average = None"] : []),
  ];
  const step = [
    "batch = order[start : start + batch_size]",
    ...(hasOptimizer
      ? ["for group in optimizer.param_groups:", '    group["lr"] = learning_rate(base, step, epochs * steps)', "optimizer.zero_grad()"]
      : []),
    "outputs = predict(model, {name: rows[batch] for name, rows in inputs.items()})",
    "loss = loss_of(model, outputs, {name: rows[batch] for name, rows in targets.items()})",
    ...(hasOptimizer
      ? [
          "loss.backward()",
          ...gradientLines(training),
          "optimizer.step()",
          ...(constraints.length === 0
            ? []
            : ["with torch.no_grad():", ...indented(["weights = dict(model.named_parameters())", ...constraints])]),
          ...(averages
            ? [
                "with torch.no_grad():",
                "    if average is None:",
                "        average = [weight.clone() for weight in trained]",
                "    for mean, weight in zip(average, trained):",
                `        mean.lerp_(weight, ${Number((1 - training.ema_momentum).toPrecision(12))})`,
              ]
            : []),
        ]
      : []),
    "total += loss.item() * len(batch)",
    "step += 1",
  ];
  const epoch = [
    `order = ${training.shuffle ? "torch.randperm(count)" : "torch.arange(count)"}`,
    "model.train()",
    ...network.frozenNormalizations.map((module) => `model.${module}.eval()`),
    "total = 0.0",
    "for start in range(0, count, batch_size):",
    ...indented(step),
    "loss = total / count",
    // Neuroloom looks at the averages, and keeps those of the best epoch.
    ...(averages ? ["current = put(trained, average)"] : []),
    "validation_loss = None if validation is None else evaluate(model, *validation)",
    'print(f"epoch {epoch + 1}: loss {loss:.6g}" + ("" if validation_loss is None else f", validation loss {validation_loss:.6g}"))',
    ...plateau,
    ...(stopping.enabled
      ? [
          `if ${watched} < best_loss - ${stopping.min_delta}:`,
          `    best_loss, patience = ${watched}, 0`,
          ...(restores ? ["    best_weights = {name: value.clone() for name, value in model.state_dict().items()}"] : []),
          "else:",
          "    patience += 1",
          `    if patience >= ${Math.max(1, stopping.patience)}:`,
          "        break",
        ]
      : []),
    ...(averages ? ["put(trained, current)"] : []),
  ];
  return [
    "def learning_rate(base, step, total_steps):",
    `    """Schedule: ${training.schedule.type}. Steps are counted from 0 over the whole run."""`,
    ...indented(scheduleBody(training)),
    "",
    "",
    ...lossLines(network, ends),
    "",
    "",
    ...(constraints.length === 0 ? [] : [...CONSTRAIN, "", ""]),
    ...(averages ? [...PUT, "", ""] : []),
    "@torch.no_grad()",
    "def evaluate(model, inputs, targets):",
    "    model.eval()",
    "    return float(loss_of(model, predict(model, inputs), targets))",
    "",
    "",
    `def train(model, inputs, targets, validation=None, epochs=${training.epochs}, batch_size=${batchArgument(training)}):`,
    '    """Rows by name of input and output; `validation` is a pair of such."""',
    ...indented([
      ...countedAlike(training, data),
      `torch.manual_seed(${training.seed})`,
      ...[...frozen, ...network.constants].map((path) => `model.get_parameter("${path}").requires_grad_(False)`),
      "trained = [weight for weight in model.parameters() if weight.requires_grad]",
      ...(hasOptimizer
        ? [
            `optimizer = ${optimizerDefinition(training.optimizer.type).pytorch(training.optimizer.config)}`,
            `base = ${training.optimizer.config["learning_rate"]}`,
          ]
        : []),
      "count = len(next(iter(inputs.values())))",
      ...batchLines(training),
      "steps, step = -(-count // batch_size), 0",
      ...startsOf,
      "for epoch in range(epochs):",
      ...indented(epoch),
      ...(restores ? ["if best_weights is not None:", "    model.load_state_dict(best_weights)"] : []),
      ...(averages ? [`${restores ? "elif" : "if"} average is not None:`, "    put(trained, average)"] : []),
      "return model",
    ]),
  ];
}

export const transposed = (transpose: readonly number[]): string =>
  isPlain(transpose) ? "None" : `(${transpose.join(", ")}${transpose.length === 1 ? "," : ""})`;
