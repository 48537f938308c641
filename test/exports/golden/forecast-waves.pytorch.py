"""Forecast of a series

Written by Neuroloom for PyTorch (pip install torch numpy); 29 parameters.

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

# Data: waves, prepared in Neuroloom. Rows that go in must be prepared alike:
#   target columns: y (numeric)
#   step standardise on y
#   windows of 28 rows, predicted 1 rows ahead
#   split: time, 0.2 of the rows for validation
#   input 'past': rows of shape [28, 1]
#   output 'output': compared with the target columns by mse


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.days = nn.Flatten()
        self.next = nn.Linear(28, 1, bias=True)

    def forward(self, past):
        # past: [rows, 28, 1]
        days = self.days(past)
        next = self.next(days)
        return next


@torch.no_grad()
def initialise(model):
    """Fresh weights: the distributions that the design asks for."""
    state = model.state_dict()
    nn.init.uniform_(state["next.weight"], -0.454859, 0.454859)
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


def train(model, inputs, targets, validation=None, epochs=60, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    torch.manual_seed(0)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, betas=(0.9, 0.999), eps=1e-7)
    base = 0.01
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
            "past": random.standard_normal((ROWS, 28, 1, )),
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
