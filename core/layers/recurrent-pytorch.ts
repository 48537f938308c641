/**
 * Recurrent layers in PyTorch. Where torch.nn computes the same (tanh and sigmoid, no mask), its own layers do; the rest is a
 * module that takes Keras's options step by step.
 */
import type { Shape } from "../ir/tensor.ts";
import { pythonBool } from "./convolution.ts";
import { type Arrivals, onPort, type Port, type PyTorchMapping } from "./layer.ts";
import { type CellConfig, type CellName, recurrentPorts, requireSequence } from "./recurrent.ts";

const SUPPORT = `
def walk(step, x, states, mask=None, reverse=False, zero_masked=False):
    """States through time as Keras takes them: a masked step leaves them, and gives the output before it again (or zeros)."""
    output = torch.zeros_like(states[0])
    outputs = [output] * x.shape[1]
    for t in reversed(range(x.shape[1])) if reverse else range(x.shape[1]):
        new = step(x[:, t], states)
        if mask is None:
            states, outputs[t] = new, new[0]
            output = new[0]
            continue
        real = (mask[:, t] != 0)[:, None]
        states = [torch.where(real, a, b) for a, b in zip(new, states)]
        output = torch.where(real, new[0], output)
        outputs[t] = torch.where(real, new[0], torch.zeros_like(output)) if zero_masked else output
    return torch.stack(outputs, 1), output, *states


def padded(module, x, mask, states, suffix="", zero_masked=False):
    """A torch.nn layer over padded sequences, through torch's own cells."""
    names = ["weight_ih_l0", "weight_hh_l0"] + (["bias_ih_l0", "bias_hh_l0"] if module.bias else [])
    weights = [getattr(module, name + suffix) for name in names]
    if isinstance(module, nn.LSTM):
        step = lambda v, states: torch.lstm_cell(v, states, *weights)
    else:
        step = lambda v, states: [torch.rnn_tanh_cell(v, states[0], *weights)]
    return walk(step, x, states, mask, suffix != "", zero_masked)


class KerasRecurrent(nn.Module):
    """A recurrent layer with Keras's options and order of gates, for what torch.nn does not have."""

    def __init__(self, cell, inputs, units, use_bias=True, reset_after=False, dropout=0.0, recurrent_dropout=0.0):
        super().__init__()
        columns = {"simple_rnn": 1, "lstm": 4, "gru": 3}[cell] * units
        self.cell, self.units, self.reset_after = cell, units, reset_after
        self.dropout, self.recurrent_dropout = dropout, recurrent_dropout
        self.kernel = nn.Parameter(torch.empty(inputs, columns))
        self.recurrent_kernel = nn.Parameter(torch.empty(units, columns))
        self.bias = nn.Parameter(torch.zeros((2, columns) if reset_after else (columns,))) if use_bias else None

    def forward(self, x, activation, gate=None, h=None, c=None, mask=None, reverse=False, zero_masked=False):
        units, u, bias = self.units, self.recurrent_kernel, self.bias
        kept = lambda like, rate: nn.functional.dropout(torch.ones_like(like), rate, self.training)
        h = x.new_zeros(x.shape[0], units) if h is None else h
        c = x.new_zeros(x.shape[0], units) if c is None else c
        factors = kept(h, self.recurrent_dropout)
        input_bias, recurrent_bias = (bias[0], bias[1]) if self.reset_after and bias is not None else (bias, u.new_zeros(u.shape[1]))

        def step(v, states):
            h, c = states
            p = v @ self.kernel + (0 if input_bias is None else input_bias)
            fed = h * factors
            if self.cell == "simple_rnn":
                return activation(p + fed @ u), c
            if self.cell == "lstm":
                i, f, g, o = (p + fed @ u).split(units, dim=1)
                c = gate(f) * c + gate(i) * activation(g)
                return gate(o) * activation(c), c
            (pz, pr, pn), (uz, ur, un), (bz, br, bn) = p.split(units, 1), u.split(units, 1), recurrent_bias.split(units)
            z, r = gate(pz + fed @ uz + bz), gate(pr + fed @ ur + br)
            inner = r * (fed @ un + bn) if self.reset_after else (r * fed) @ un
            return z * h + (1 - z) * activation(pn + inner), c

        return walk(step, x * kept(x[:, :1], self.dropout), [h, c], mask, reverse, zero_masked)


class KerasGRU(nn.Module):
    """torch.gru with Keras's order of gates (z, r, h instead of r, z, h) and a bias [2, 3 * units]."""

    def __init__(self, inputs, units, use_bias=True):
        super().__init__()
        self.units = units
        self.kernel = nn.Parameter(torch.empty(inputs, 3 * units))
        self.recurrent_kernel = nn.Parameter(torch.empty(units, 3 * units))
        self.bias = nn.Parameter(torch.zeros(2, 3 * units)) if use_bias else None

    def forward(self, x, h=None, mask=None):
        def ordered(weights):
            z, r, n = weights.split(self.units, dim=-1)
            return torch.cat([r, z, n], -1)

        weights = [ordered(self.kernel).t(), ordered(self.recurrent_kernel).t()]
        weights += [] if self.bias is None else [ordered(self.bias[0]), ordered(self.bias[1])]
        h = x.new_zeros(x.shape[0], self.units) if h is None else h
        if mask is not None:
            return walk(lambda v, states: [torch.gru_cell(v, states[0], *weights)], x, [h], mask)
        sequence, final = torch.gru(x, h[None], weights, self.bias is not None, 1, 0.0, self.training, False, True)
        return sequence, sequence[:, -1], final[0]


def one_bias(module):
    """torch.nn adds two biases where Keras has one: the second is zero and stays so."""
    for name, parameter in module.named_parameters():
        if name.startswith("bias_hh"):
            nn.init.zeros_(parameter)
            parameter.requires_grad_(False)
    return module
`.trim();

const TORCH_CLASS: Readonly<Record<CellName, string>> = { simple_rnn: "nn.RNN", lstm: "nn.LSTM", gru: "nn.GRU" };

/** Weights of a module that has Keras's names and order. */
const sameNames = (config: CellConfig, from = "", to = ""): PyTorchMapping["weights"] =>
  Object.fromEntries(
    ["kernel", "recurrent_kernel", ...(config.use_bias ? ["bias"] : [])].map((name) => [from + name, { name: to + name }]),
  );

/** Weights of one direction of a torch.nn layer. */
const torchNames = (config: CellConfig, from = "", suffix = ""): PyTorchMapping["weights"] => ({
  [`${from}kernel`]: { name: `weight_ih_l0${suffix}`, transpose: [1, 0] },
  [`${from}recurrent_kernel`]: { name: `weight_hh_l0${suffix}`, transpose: [1, 0] },
  ...(config.use_bias ? { [`${from}bias`]: { name: `bias_ih_l0${suffix}` } } : {}),
});

/** Whether torch.nn has the cell as it is. */
const isTorchCell = (cell: CellName, config: CellConfig): boolean =>
  config.activation === "tanh" &&
  (config.recurrent_activation ?? "sigmoid") === "sigmoid" &&
  config.dropout === 0 &&
  config.recurrent_dropout === 0 &&
  (cell !== "gru" || config.reset_after === true);

const lambda = (activation: string): string => `lambda v: ACTIVATION:${activation}(v)`;
const construct = (cell: CellName, config: CellConfig, features: number): string =>
  `KerasRecurrent("${cell}", ${features}, ${config.units}, ${pythonBool(config.use_bias)}, ${pythonBool(config.reset_after === true)}, ${config.dropout}, ${config.recurrent_dropout})`;
const functions = (config: CellConfig): string =>
  `${lambda(config.activation)}${config.recurrent_activation === undefined ? "" : `, ${lambda(config.recurrent_activation)}`}`;

export function pytorchRecurrent(cell: CellName, config: CellConfig, arrivals: Arrivals<Shape>): PyTorchMapping {
  const ports = recurrentPorts(cell).inputs;
  const { features } = requireSequence(config, arrivals, ports);
  const { units, use_bias: useBias } = config;
  const named = (list: readonly (string | undefined)[], port: string): string | undefined =>
    onPort({ ...arrivals, inputs: list }, ports as readonly Port[], port);
  const hasMask = onPort(arrivals, ports, "mask") !== undefined;
  const backwards = config.go_backwards === true;
  const isTorch = isTorchCell(cell, config) && !hasMask && !backwards;
  const mask: PyTorchMapping["mask"] = (inputs, masks) => {
    const found = named(inputs, "mask") ?? named(masks, "input");
    return config.return_sequences && found !== undefined ? `${found}${backwards ? ".flip(1)" : ""}` : undefined;
  };
  const output = config.return_sequences ? "r[0]" : "r[1]";
  const stepwise = (module: string, inputs: readonly string[], mask: string | undefined): string => {
    const [x, h, c] = [named(inputs, "input") ?? "", named(inputs, "initial_state"), named(inputs, "initial_cell_state")];
    const more = [h === undefined ? "" : `, h=${h}`, c === undefined ? "" : `, c=${c}`, mask === undefined ? "" : `, mask=${mask}`].join(
      "",
    );
    const sequence = backwards ? "r[0].flip(1)" : "r[0]";
    const results = [config.return_sequences ? sequence : "r[1]", "r[2]", ...(cell === "lstm" ? ["r[3]"] : [])];
    return `(lambda r: (${results.join(", ")}))(${module}(${x}, ${functions(config)}${more}, reverse=${pythonBool(backwards)}))`;
  };
  if (!isTorch)
    return {
      support: SUPPORT,
      mask,
      module: construct(cell, config, features),
      call: (module, inputs, masks) => stepwise(module, inputs, named(inputs, "mask") ?? named(masks, "input")),
      weights: sameNames(config),
    };
  if (cell === "gru")
    return {
      support: SUPPORT,
      mask,
      module: `KerasGRU(${features}, ${units}, ${pythonBool(useBias)})`,
      call: (module, inputs, masks) => {
        const [x, h, mask] = [named(inputs, "input"), named(inputs, "initial_state") ?? "None", named(masks, "input") ?? "None"];
        return `(lambda r: (${output}, r[2]))(${module}(${x}, ${h}, ${mask}))`;
      },
      weights: sameNames(config),
    };
  return {
    support: SUPPORT,
    mask,
    module: `one_bias(${TORCH_CLASS[cell]}(${features}, ${units}, bias=${pythonBool(useBias)}, batch_first=True))`,
    call: (module, inputs, masks) => {
      const [x, mask] = [named(inputs, "input") ?? "", named(masks, "input")];
      const zeros = `${x}.new_zeros(${x}.shape[0], ${units})`;
      const [h, c] = [named(inputs, "initial_state") ?? zeros, named(inputs, "initial_cell_state") ?? zeros];
      const isLstm = cell === "lstm";
      if (mask !== undefined)
        return `(lambda r: (${output}, r[2]${isLstm ? ", r[3]" : ""}))(padded(${module}, ${x}, ${mask}, [${h}${isLstm ? `, ${c}` : ""}]))`;
      const last = config.return_sequences ? "r[0]" : "r[0][:, -1]";
      return isLstm
        ? `(lambda r: (${last}, r[1][0][0], r[1][1][0]))(${module}(${x}, (${h}[None], ${c}[None])))`
        : `(lambda r: (${last}, r[1][0]))(${module}(${x}, ${h}[None]))`;
    },
    weights: torchNames(config),
  };
}

/** How the outputs of two directions become one. */
const MERGED: Readonly<Record<string, string>> = {
  concat: "torch.cat([f, b], -1)",
  sum: "f + b",
  mul: "f * b",
  ave: "(f + b) / 2",
};

export function pytorchBidirectional(
  cell: CellName,
  mergeMode: string,
  config: CellConfig,
  features: number,
  arrivals: Arrivals<Shape>,
  ports: readonly Port[],
): PyTorchMapping {
  const { units } = config;
  const named = (list: readonly (string | undefined)[], port: string): string | undefined =>
    onPort({ ...arrivals, inputs: list }, ports, port);
  const mask: PyTorchMapping["mask"] = (inputs, masks) =>
    config.return_sequences ? (named(inputs, "mask") ?? named(masks, "input")) : undefined;
  const merged = MERGED[mergeMode] ?? "";
  const part = config.return_sequences ? 0 : 1;
  const bothDirections = (forward: string, backward: string): string =>
    `(lambda p, q: (lambda f, b: (${merged}, p[2], q[2]${cell === "lstm" ? ", p[3], q[3]" : ""}))(p[${part}], q[${part}]))(${forward}, ${backward})`;
  const isTorch = isTorchCell(cell, config) && cell !== "gru" && onPort(arrivals, ports, "mask") === undefined;
  if (isTorch)
    return {
      support: SUPPORT,
      mask,
      module: `one_bias(${TORCH_CLASS[cell]}(${features}, ${units}, bias=${pythonBool(config.use_bias)}, batch_first=True, bidirectional=True))`,
      call: (module, inputs, masks) => {
        const [x, mask] = [named(inputs, "input") ?? "", named(masks, "input")];
        if (mask !== undefined) {
          const zeros = `${x}.new_zeros(${x}.shape[0], ${units})`;
          const states = cell === "lstm" ? `[${zeros}, ${zeros}]` : `[${zeros}]`;
          const run = (suffix: string): string =>
            `padded(${module}, ${x}, ${mask}, ${states}, "${suffix}", ${pythonBool(config.return_sequences)})`;
          return bothDirections(run(""), run("_reverse"));
        }
        const halves = config.return_sequences ? [`s[..., :${units}]`, `s[..., ${units}:]`] : ["h[0]", "h[1]"];
        const isLstm = cell === "lstm";
        const ends = isLstm ? "h[0][0], h[0][1], h[1][0], h[1][1]" : "h[0], h[1]";
        const last = isLstm ? halves.map((half) => half.replace("h[", "h[0][")) : halves;
        return `(lambda r: (lambda s, h: (lambda f, b: (${merged}, ${ends}))(${last.join(", ")}))(r[0], r[1]))(${module}(${x}))`;
      },
      weights: { ...torchNames(config, "forward_"), ...torchNames(config, "backward_", "_reverse") },
    };
  return {
    support: SUPPORT,
    mask,
    module: `nn.ModuleList([${construct(cell, config, features)}, ${construct(cell, config, features)}])`,
    call: (module, inputs, masks) => {
      const x = named(inputs, "input") ?? "";
      const mask = named(inputs, "mask") ?? named(masks, "input");
      const more = mask === undefined ? "" : `, mask=${mask}, zero_masked=${pythonBool(config.return_sequences)}`;
      const run = (index: number): string => `${module}[${index}](${x}, ${functions(config)}${more}, reverse=${pythonBool(index === 1)})`;
      return bothDirections(run(0), run(1));
    },
    weights: { ...sameNames(config, "forward_", "0."), ...sameNames(config, "backward_", "1.") },
  };
}
