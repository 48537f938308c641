"""Deep network that does not learn

Written by Neuroloom for PyTorch (pip install torch numpy); 811 parameters.

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

# Data: two_moons, prepared in Neuroloom. Rows that go in must be prepared alike:
#   feature columns: x1 (numeric), x2 (numeric)
#   target columns: label (categorical)
#   step standardise on x1, x2
#   split: stratified, 0.25 of the rows for validation
#   input 'points': rows of shape [2]
#   output 'output': compared with the target columns by binary_crossentropy


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer_1 = nn.Linear(2, 10, bias=True)
        self.layer_2 = nn.Linear(10, 10, bias=True)
        self.layer_3 = nn.Linear(10, 10, bias=True)
        self.layer_4 = nn.Linear(10, 10, bias=True)
        self.layer_5 = nn.Linear(10, 10, bias=True)
        self.layer_6 = nn.Linear(10, 10, bias=True)
        self.layer_7 = nn.Linear(10, 10, bias=True)
        self.layer_8 = nn.Linear(10, 10, bias=True)
        self.class_2 = nn.Linear(10, 1, bias=True)

    def forward(self, points):
        # points: [rows, 2]
        layer_1 = torch.sigmoid(self.layer_1(points))
        layer_2 = torch.sigmoid(self.layer_2(layer_1))
        layer_3 = torch.sigmoid(self.layer_3(layer_2))
        layer_4 = torch.sigmoid(self.layer_4(layer_3))
        layer_5 = torch.sigmoid(self.layer_5(layer_4))
        layer_6 = torch.sigmoid(self.layer_6(layer_5))
        layer_7 = torch.sigmoid(self.layer_7(layer_6))
        layer_8 = torch.sigmoid(self.layer_8(layer_7))
        class_2 = torch.sigmoid(self.class_2(layer_8))
        return class_2


@torch.no_grad()
def initialise(model):
    """Fresh weights: the distributions that the design asks for."""
    state = model.state_dict()
    nn.init.uniform_(state["layer_1.weight"], -0.707107, 0.707107)
    nn.init.zeros_(state["layer_1.bias"])
    nn.init.uniform_(state["layer_2.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["layer_2.bias"])
    nn.init.uniform_(state["layer_3.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["layer_3.bias"])
    nn.init.uniform_(state["layer_4.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["layer_4.bias"])
    nn.init.uniform_(state["layer_5.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["layer_5.bias"])
    nn.init.uniform_(state["layer_6.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["layer_6.bias"])
    nn.init.uniform_(state["layer_7.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["layer_7.bias"])
    nn.init.uniform_(state["layer_8.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["layer_8.bias"])
    nn.init.uniform_(state["class_2.weight"], -0.738549, 0.738549)
    nn.init.zeros_(state["class_2.bias"])
    return model


def predict(model, inputs):
    """Outputs by name."""
    return {"output": model(inputs["points"])}


def learning_rate(base, step, total_steps):
    """Schedule: constant. Steps are counted from 0 over the whole run."""
    return base


def loss_of(model, outputs, targets):
    """The mean over the rows, and penalties."""
    loss = 0.0
    p, t = outputs["output"], targets["output"].reshape(outputs["output"].shape)
    loss = loss + torch.nn.functional.binary_cross_entropy(p, t)
    return loss


@torch.no_grad()
def evaluate(model, inputs, targets):
    model.eval()
    return float(loss_of(model, predict(model, inputs), targets))


def train(model, inputs, targets, validation=None, epochs=40, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    torch.manual_seed(0)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=False)
    base = 0.1
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
    "layer_1/kernel": ("layer_1.weight", (1, 0)),
    "layer_1/bias": ("layer_1.bias", None),
    "layer_2/kernel": ("layer_2.weight", (1, 0)),
    "layer_2/bias": ("layer_2.bias", None),
    "layer_3/kernel": ("layer_3.weight", (1, 0)),
    "layer_3/bias": ("layer_3.bias", None),
    "layer_4/kernel": ("layer_4.weight", (1, 0)),
    "layer_4/bias": ("layer_4.bias", None),
    "layer_5/kernel": ("layer_5.weight", (1, 0)),
    "layer_5/bias": ("layer_5.bias", None),
    "layer_6/kernel": ("layer_6.weight", (1, 0)),
    "layer_6/bias": ("layer_6.bias", None),
    "layer_7/kernel": ("layer_7.weight", (1, 0)),
    "layer_7/bias": ("layer_7.bias", None),
    "layer_8/kernel": ("layer_8.weight", (1, 0)),
    "layer_8/bias": ("layer_8.bias", None),
    "class/kernel": ("class_2.weight", (1, 0)),
    "class/bias": ("class_2.bias", None),
}


def read_numbers(entry, shape):
    """Numbers of a Neuroloom model file."""
    values = entry["values"]
    if values["encoding"] == "array":
        return np.array(values["data"], dtype=np.float32).reshape(shape)
    return np.frombuffer(base64.b64decode(values["data"]), dtype="<f4").reshape(shape)


# Ids in the file's check.
INPUTS, OUTPUTS = {"points": "points"}, {"output": "output"}


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
            "points": random.standard_normal((ROWS, 2, )),
            "target_output": random.integers(0, 2, (ROWS, 1, )),
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
