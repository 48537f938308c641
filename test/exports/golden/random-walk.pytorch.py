"""Series that nobody foretells

Written by Neuroloom for PyTorch (pip install torch numpy); 553 parameters.

    python THIS.py                       trains on random rows, to show that it runs
    python THIS.py --data rows.npz       trains on prepared rows: an array for each input, target_NAME for each output
    python THIS.py --weights model.json  takes the weights of a model file of Neuroloom and compares its check
"""
import argparse
import base64
import json
import math
import sys

import numpy as np
import torch
from torch import nn

# Data: random_walk, prepared in Neuroloom. Rows that go in must be prepared alike:
#   target columns: y (numeric)
#   step standardise on y
#   windows of 16 rows, predicted 1 rows ahead
#   split: time, 0.2 of the rows for validation
#   input 'past': rows of shape [16, 1]
#   output 'output': compared with the target columns by mse


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


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.memory = KerasGRU(1, 12, True)
        self.next = nn.Linear(12, 1, bias=True)

    def forward(self, past):
        # past: [rows, 16, 1]
        memory, _ = (lambda r: (r[1], r[2]))(self.memory(past, None, None))
        next = self.next(memory)
        return next


@torch.no_grad()
def initialise(model):
    """Fresh weights: the distributions that the design asks for."""
    state = model.state_dict()
    nn.init.uniform_(state["memory.kernel"], -0.402694, 0.402694)
    nn.init.orthogonal_(state["memory.recurrent_kernel"])
    nn.init.zeros_(state["memory.bias"])
    nn.init.uniform_(state["next.weight"], -0.679366, 0.679366)
    nn.init.zeros_(state["next.bias"])
    return model


def predict(model, inputs):
    """Outputs by name."""
    return {"output": model(inputs["past"])}


def learning_rate(base, step, total_steps):
    """Schedule: constant. Steps are counted from 0 over the whole run."""
    return base


def loss_of(model, outputs, targets):
    """The mean over the rows, and penalties."""
    loss = 0.0
    p, t = outputs["output"], targets["output"].reshape(outputs["output"].shape)
    loss = loss + torch.nn.functional.mse_loss(p, t)
    return loss


@torch.no_grad()
def evaluate(model, inputs, targets):
    model.eval()
    return float(loss_of(model, predict(model, inputs), targets))


def train(model, inputs, targets, validation=None, epochs=30, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    torch.manual_seed(0)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, betas=(0.9, 0.999), eps=1e-7)
    base = 0.005
    count = len(next(iter(inputs.values())))
    steps, step = -(-count // batch_size), 0
    for epoch in range(epochs):
        order = torch.randperm(count)
        model.train()
        total = 0.0
        for start in range(0, count, batch_size):
            batch = order[start : start + batch_size]
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(base, step, epochs * steps)
            optimizer.zero_grad()
            outputs = predict(model, {name: rows[batch] for name, rows in inputs.items()})
            loss = loss_of(model, outputs, {name: rows[batch] for name, rows in targets.items()})
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
            step += 1
        loss = total / count
        validation_loss = None if validation is None else evaluate(model, *validation)
        print(f"epoch {epoch + 1}: loss {loss:.6g}" + ("" if validation_loss is None else f", validation loss {validation_loss:.6g}"))
    return model


# Weights in a model file of Neuroloom: their place in the module, and the axes in PyTorch's order.
WEIGHTS = {
    "memory/kernel": ("memory.kernel", None),
    "memory/recurrent_kernel": ("memory.recurrent_kernel", None),
    "memory/bias": ("memory.bias", None),
    "next/kernel": ("next.weight", (1, 0)),
    "next/bias": ("next.bias", None),
}


def read_numbers(entry, shape):
    """Numbers of a Neuroloom model file."""
    values = entry["values"]
    if values["encoding"] == "array":
        return np.array(values["data"], dtype=np.float32).reshape(shape)
    return np.frombuffer(base64.b64decode(values["data"]), dtype="<f4").reshape(shape)


# Ids in the file's check.
INPUTS, OUTPUTS = {"past": "past"}, {"output": "output"}


@torch.no_grad()
def load_weights(model, file):
    """Takes the weights of a model file; every weight must be there, and no other."""
    state = model.state_dict()
    entries = {entry["name"]: entry for entry in file["weights"]}
    if set(WEIGHTS) - set(entries):
        raise ValueError(f"the file lacks {sorted(set(WEIGHTS) - set(entries))}")
    for name, (path, axes) in WEIGHTS.items():
        values = torch.from_numpy(read_numbers(entries[name], entries[name]["shape"]).copy())
        state[path].copy_(values if axes is None else values.permute(axes))
    return model


@torch.no_grad()
def check(model, file):
    """The largest difference from the predictions that the file keeps."""
    model.eval()
    rows, kept = file["check"]["row_count"], file["check"]["predictions"]
    inputs = {INPUTS[key]: torch.from_numpy(read_numbers(one, (rows, *one["shape"])).copy()) for key, one in file["check"]["inputs"].items()}
    outputs = predict(model, inputs)
    pairs = [(outputs[OUTPUTS[key]], read_numbers(one, (rows, *one["shape"]))) for key, one in kept.items()]
    return max(float(np.abs(ours.numpy() - theirs).max()) for ours, theirs in pairs)


ROWS = 64


def load_data(path):
    """Inputs and targets by name: from an .npz, or random rows of the right shape."""
    random = np.random.default_rng(0)
    if path is None:
        print("no --data: random rows", file=sys.stderr)
        arrays = {
            "past": random.standard_normal((ROWS, 16, 1, )),
            "target_output": random.random((ROWS, 1, )),
        }
    else:
        arrays = np.load(path)
    inputs = {name: torch.as_tensor(arrays[name], dtype=torch.float32) for name in INPUTS.values()}
    targets = {name: torch.as_tensor(arrays[f"target_{name}"], dtype=torch.float32) for name in OUTPUTS.values()}
    return inputs, targets


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    parser.add_argument("--weights")
    parser.add_argument("--epochs", type=int)
    options = parser.parse_args()
    model = initialise(Model())
    if options.weights is not None:
        with open(options.weights, encoding="utf-8") as opened:
            kept = json.load(opened)
        load_weights(model, kept)
        print(f"largest difference from the kept predictions: {check(model, kept):.3g}")
    else:
        rows = load_data(options.data)
        train(model, *rows, **({} if options.epochs is None else {"epochs": options.epochs}))
