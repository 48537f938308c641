"""Digits, by attention

Written by Neuroloom for PyTorch (pip install torch numpy); 17962 parameters.

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

# Data: digits_8x8, prepared in Neuroloom. Rows that go in must be prepared alike:
#   feature columns: p00 (numeric), p01 (numeric), p02 (numeric), p03 (numeric), p04 (numeric), p05 (numeric), p06 (numeric), p07 (numeric), p10 (numeric), p11 (numeric), p12 (numeric), p13 (numeric) … (64)
#   target columns: label (categorical)
#   step min_max on p00, p01, p02, p03, p04, p05, p06, p07, p10, p11, p12, p13 … (64)
#   split: stratified, 0.25 of the rows for validation
#   input 'lines': rows of shape [8, 8]
#   output 'output': compared with the target columns by categorical_crossentropy


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.width = nn.Linear(8, 32, bias=True)
        self.place = nn.Embedding(8, 32)
        self.encoder_attention = nn.ModuleDict({"query": nn.Linear(32, 32), "key": nn.Linear(32, 32), "value": nn.Linear(32, 32), "output": nn.Linear(32, 32)})
        self.encoder_attention_dropout = nn.Dropout(0.1)
        self.encoder_attention_norm = nn.LayerNorm(32, eps=0.00001)
        self.encoder_feed_inner = nn.Linear(32, 64, bias=True)
        self.encoder_feed_inner_dropout = nn.Dropout(0.1)
        self.encoder_feed_outer = nn.Linear(64, 32, bias=True)
        self.encoder_feed_dropout = nn.Dropout(0.1)
        self.encoder_feed_norm = nn.LayerNorm(32, eps=0.00001)
        self.encoder_2_attention = nn.ModuleDict({"query": nn.Linear(32, 32), "key": nn.Linear(32, 32), "value": nn.Linear(32, 32), "output": nn.Linear(32, 32)})
        self.encoder_2_attention_dropout = nn.Dropout(0.1)
        self.encoder_2_attention_norm = nn.LayerNorm(32, eps=0.00001)
        self.encoder_2_feed_inner = nn.Linear(32, 64, bias=True)
        self.encoder_2_feed_inner_dropout = nn.Dropout(0.1)
        self.encoder_2_feed_outer = nn.Linear(64, 32, bias=True)
        self.encoder_2_feed_dropout = nn.Dropout(0.1)
        self.encoder_2_feed_norm = nn.LayerNorm(32, eps=0.00001)
        self.digit = nn.Linear(32, 10, bias=True)

    def forward(self, lines):
        # lines: [rows, 8, 8]
        width = self.width(lines)
        place = width + self.place.weight[:8]
        encoder_in = place
        encoder_attention = self.encoder_attention["output"](torch.nn.functional.scaled_dot_product_attention(self.encoder_attention["query"](encoder_in).unflatten(-1, (4, 8)).transpose(1, 2), self.encoder_attention["key"](encoder_in).unflatten(-1, (4, 8)).transpose(1, 2), self.encoder_attention["value"](encoder_in).unflatten(-1, (4, 8)).transpose(1, 2), attn_mask=None, dropout_p=0.1 if self.encoder_attention.training else 0.0).transpose(1, 2).flatten(2))
        encoder_attention_dropout = self.encoder_attention_dropout(encoder_attention)
        encoder_attention_sum = encoder_in + encoder_attention_dropout
        encoder_attention_norm = self.encoder_attention_norm(encoder_attention_sum)
        encoder_feed_inner = torch.relu(self.encoder_feed_inner(encoder_attention_norm))
        encoder_feed_inner_dropout = self.encoder_feed_inner_dropout(encoder_feed_inner)
        encoder_feed_outer = self.encoder_feed_outer(encoder_feed_inner_dropout)
        encoder_feed_dropout = self.encoder_feed_dropout(encoder_feed_outer)
        encoder_feed_sum = encoder_attention_norm + encoder_feed_dropout
        encoder_feed_norm = self.encoder_feed_norm(encoder_feed_sum)
        encoder_2_attention = self.encoder_2_attention["output"](torch.nn.functional.scaled_dot_product_attention(self.encoder_2_attention["query"](encoder_feed_norm).unflatten(-1, (4, 8)).transpose(1, 2), self.encoder_2_attention["key"](encoder_feed_norm).unflatten(-1, (4, 8)).transpose(1, 2), self.encoder_2_attention["value"](encoder_feed_norm).unflatten(-1, (4, 8)).transpose(1, 2), attn_mask=None, dropout_p=0.1 if self.encoder_2_attention.training else 0.0).transpose(1, 2).flatten(2))
        encoder_2_attention_dropout = self.encoder_2_attention_dropout(encoder_2_attention)
        encoder_2_attention_sum = encoder_feed_norm + encoder_2_attention_dropout
        encoder_2_attention_norm = self.encoder_2_attention_norm(encoder_2_attention_sum)
        encoder_2_feed_inner = torch.relu(self.encoder_2_feed_inner(encoder_2_attention_norm))
        encoder_2_feed_inner_dropout = self.encoder_2_feed_inner_dropout(encoder_2_feed_inner)
        encoder_2_feed_outer = self.encoder_2_feed_outer(encoder_2_feed_inner_dropout)
        encoder_2_feed_dropout = self.encoder_2_feed_dropout(encoder_2_feed_outer)
        encoder_2_feed_sum = encoder_2_attention_norm + encoder_2_feed_dropout
        encoder_2_feed_norm = self.encoder_2_feed_norm(encoder_2_feed_sum)
        mean = encoder_2_feed_norm.mean(1, keepdim=False)
        digit = torch.softmax(self.digit(mean), -1)
        return digit


@torch.no_grad()
def initialise(model):
    """Fresh weights: the distributions that the design asks for."""
    state = model.state_dict()
    nn.init.uniform_(state["width.weight"], -0.387298, 0.387298)
    nn.init.zeros_(state["width.bias"])
    nn.init.uniform_(state["place.weight"], -0.05, 0.05)
    nn.init.uniform_(state["encoder_attention.query.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_attention.query.bias"])
    nn.init.uniform_(state["encoder_attention.key.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_attention.key.bias"])
    nn.init.uniform_(state["encoder_attention.value.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_attention.value.bias"])
    nn.init.uniform_(state["encoder_attention.output.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_attention.output.bias"])
    nn.init.ones_(state["encoder_attention_norm.weight"])
    nn.init.zeros_(state["encoder_attention_norm.bias"])
    nn.init.uniform_(state["encoder_feed_inner.weight"], -0.25, 0.25)
    nn.init.zeros_(state["encoder_feed_inner.bias"])
    nn.init.uniform_(state["encoder_feed_outer.weight"], -0.25, 0.25)
    nn.init.zeros_(state["encoder_feed_outer.bias"])
    nn.init.ones_(state["encoder_feed_norm.weight"])
    nn.init.zeros_(state["encoder_feed_norm.bias"])
    nn.init.uniform_(state["encoder_2_attention.query.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_2_attention.query.bias"])
    nn.init.uniform_(state["encoder_2_attention.key.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_2_attention.key.bias"])
    nn.init.uniform_(state["encoder_2_attention.value.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_2_attention.value.bias"])
    nn.init.uniform_(state["encoder_2_attention.output.weight"], -0.306186, 0.306186)
    nn.init.zeros_(state["encoder_2_attention.output.bias"])
    nn.init.ones_(state["encoder_2_attention_norm.weight"])
    nn.init.zeros_(state["encoder_2_attention_norm.bias"])
    nn.init.uniform_(state["encoder_2_feed_inner.weight"], -0.25, 0.25)
    nn.init.zeros_(state["encoder_2_feed_inner.bias"])
    nn.init.uniform_(state["encoder_2_feed_outer.weight"], -0.25, 0.25)
    nn.init.zeros_(state["encoder_2_feed_outer.bias"])
    nn.init.ones_(state["encoder_2_feed_norm.weight"])
    nn.init.zeros_(state["encoder_2_feed_norm.bias"])
    nn.init.uniform_(state["digit.weight"], -0.377964, 0.377964)
    nn.init.zeros_(state["digit.bias"])
    return model


def predict(model, inputs):
    """Outputs by name."""
    return {"output": model(inputs["lines"])}


def learning_rate(base, step, total_steps):
    """Schedule: constant. Steps are counted from 0 over the whole run."""
    return base


def loss_of(model, outputs, targets):
    """The mean over the rows, and penalties."""
    loss = 0.0
    p, t = outputs["output"], targets["output"]
    p, t = p.reshape(-1, p.shape[-1]), t.reshape(-1).long()
    loss = loss + torch.nn.functional.nll_loss(torch.log(p), t)
    return loss


@torch.no_grad()
def evaluate(model, inputs, targets):
    model.eval()
    return float(loss_of(model, predict(model, inputs), targets))


def train(model, inputs, targets, validation=None, epochs=30, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    torch.manual_seed(0)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, betas=(0.9, 0.999), eps=1e-7)
    base = 0.001
    count = len(next(iter(inputs.values())))
    steps, step = -(-count // batch_size), 0
    best_loss, best_weights, patience = float("inf"), None, 0
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
        if (loss if validation_loss is None else validation_loss) < best_loss - 0.001:
            best_loss, patience = (loss if validation_loss is None else validation_loss), 0
            best_weights = {name: value.clone() for name, value in model.state_dict().items()}
        else:
            patience += 1
            if patience >= 6:
                break
    if best_weights is not None:
        model.load_state_dict(best_weights)
    return model


# Weights in a model file of Neuroloom: their place in the module, and the axes in PyTorch's order.
WEIGHTS = {
    "width/kernel": ("width.weight", (1, 0)),
    "width/bias": ("width.bias", None),
    "place/positions": ("place.weight", None),
    "encoder_attention/query_kernel": ("encoder_attention.query.weight", (1, 0)),
    "encoder_attention/query_bias": ("encoder_attention.query.bias", None),
    "encoder_attention/key_kernel": ("encoder_attention.key.weight", (1, 0)),
    "encoder_attention/key_bias": ("encoder_attention.key.bias", None),
    "encoder_attention/value_kernel": ("encoder_attention.value.weight", (1, 0)),
    "encoder_attention/value_bias": ("encoder_attention.value.bias", None),
    "encoder_attention/output_kernel": ("encoder_attention.output.weight", (1, 0)),
    "encoder_attention/output_bias": ("encoder_attention.output.bias", None),
    "encoder_attention_norm/gamma": ("encoder_attention_norm.weight", None),
    "encoder_attention_norm/beta": ("encoder_attention_norm.bias", None),
    "encoder_feed_inner/kernel": ("encoder_feed_inner.weight", (1, 0)),
    "encoder_feed_inner/bias": ("encoder_feed_inner.bias", None),
    "encoder_feed_outer/kernel": ("encoder_feed_outer.weight", (1, 0)),
    "encoder_feed_outer/bias": ("encoder_feed_outer.bias", None),
    "encoder_feed_norm/gamma": ("encoder_feed_norm.weight", None),
    "encoder_feed_norm/beta": ("encoder_feed_norm.bias", None),
    "encoder_2_attention/query_kernel": ("encoder_2_attention.query.weight", (1, 0)),
    "encoder_2_attention/query_bias": ("encoder_2_attention.query.bias", None),
    "encoder_2_attention/key_kernel": ("encoder_2_attention.key.weight", (1, 0)),
    "encoder_2_attention/key_bias": ("encoder_2_attention.key.bias", None),
    "encoder_2_attention/value_kernel": ("encoder_2_attention.value.weight", (1, 0)),
    "encoder_2_attention/value_bias": ("encoder_2_attention.value.bias", None),
    "encoder_2_attention/output_kernel": ("encoder_2_attention.output.weight", (1, 0)),
    "encoder_2_attention/output_bias": ("encoder_2_attention.output.bias", None),
    "encoder_2_attention_norm/gamma": ("encoder_2_attention_norm.weight", None),
    "encoder_2_attention_norm/beta": ("encoder_2_attention_norm.bias", None),
    "encoder_2_feed_inner/kernel": ("encoder_2_feed_inner.weight", (1, 0)),
    "encoder_2_feed_inner/bias": ("encoder_2_feed_inner.bias", None),
    "encoder_2_feed_outer/kernel": ("encoder_2_feed_outer.weight", (1, 0)),
    "encoder_2_feed_outer/bias": ("encoder_2_feed_outer.bias", None),
    "encoder_2_feed_norm/gamma": ("encoder_2_feed_norm.weight", None),
    "encoder_2_feed_norm/beta": ("encoder_2_feed_norm.bias", None),
    "digit/kernel": ("digit.weight", (1, 0)),
    "digit/bias": ("digit.bias", None),
}


def read_numbers(entry, shape):
    """Numbers of a Neuroloom model file."""
    values = entry["values"]
    if values["encoding"] == "array":
        return np.array(values["data"], dtype=np.float32).reshape(shape)
    return np.frombuffer(base64.b64decode(values["data"]), dtype="<f4").reshape(shape)


# Ids in the file's check.
INPUTS, OUTPUTS = {"lines": "lines"}, {"output": "output"}


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
            "lines": random.standard_normal((ROWS, 8, 8, )),
            "target_output": random.integers(0, 10, (ROWS, )),
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
