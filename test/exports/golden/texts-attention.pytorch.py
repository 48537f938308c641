"""Topics by attention

Written by Neuroloom for PyTorch (pip install torch numpy); 3076 parameters.

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

# Data: topic_texts, prepared in Neuroloom. Rows that go in must be prepared alike:
#   feature columns: text (text)
#   target columns: topic (categorical)
#   step token_sequence (vocabulary 120, length 24) on text
#   split: random, 0.25 of the rows for validation
#   input 'text': rows of shape [24]
#   output 'output': compared with the target columns by categorical_crossentropy


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(120, 16)
        self.attention = nn.ModuleDict({"query": nn.Linear(16, 16), "key": nn.Linear(16, 16), "value": nn.Linear(16, 16), "output": nn.Linear(16, 16)})
        self.topic = nn.Linear(16, 4, bias=True)

    def forward(self, text):
        # text: [rows, 24]
        words = self.words(text.long())
        words_mask = (text != 0).to(text.dtype)
        place = words + torch.where(torch.arange(16) % 2 == 0, torch.sin(torch.arange(24.0).double()[:, None] / 10000 ** (torch.arange(16).div(2, rounding_mode="floor") * 2 / 16)), torch.cos(torch.arange(24.0).double()[:, None] / 10000 ** (torch.arange(16).div(2, rounding_mode="floor") * 2 / 16))).to(words.dtype)
        attention = self.attention["output"](torch.nn.functional.scaled_dot_product_attention(self.attention["query"](place).unflatten(-1, (2, 8)).transpose(1, 2), self.attention["key"](place).unflatten(-1, (2, 8)).transpose(1, 2), self.attention["value"](place).unflatten(-1, (2, 8)).transpose(1, 2), attn_mask=words_mask.bool()[:, None, None, :]).transpose(1, 2).flatten(2))
        sum = place + attention
        mean = (lambda m: (sum * m).sum(1, keepdim=False) / m.sum(1, keepdim=False).clamp(min=1))(words_mask[..., None])
        topic = torch.softmax(self.topic(mean), -1)
        return topic


@torch.no_grad()
def initialise(model):
    """Fresh weights: the distributions that the design asks for."""
    state = model.state_dict()
    nn.init.uniform_(state["words.weight"], -0.05, 0.05)
    nn.init.uniform_(state["attention.query.weight"], -0.433013, 0.433013)
    nn.init.zeros_(state["attention.query.bias"])
    nn.init.uniform_(state["attention.key.weight"], -0.433013, 0.433013)
    nn.init.zeros_(state["attention.key.bias"])
    nn.init.uniform_(state["attention.value.weight"], -0.433013, 0.433013)
    nn.init.zeros_(state["attention.value.bias"])
    nn.init.uniform_(state["attention.output.weight"], -0.433013, 0.433013)
    nn.init.zeros_(state["attention.output.bias"])
    nn.init.uniform_(state["topic.weight"], -0.547723, 0.547723)
    nn.init.zeros_(state["topic.bias"])
    return model


def predict(model, inputs):
    """Outputs by name."""
    return {"output": model(inputs["text"])}


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


def train(model, inputs, targets, validation=None, epochs=4, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    torch.manual_seed(0)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003, betas=(0.9, 0.999), eps=1e-7)
    base = 0.003
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
    "words/embeddings": ("words.weight", None),
    "attention/query_kernel": ("attention.query.weight", (1, 0)),
    "attention/query_bias": ("attention.query.bias", None),
    "attention/key_kernel": ("attention.key.weight", (1, 0)),
    "attention/key_bias": ("attention.key.bias", None),
    "attention/value_kernel": ("attention.value.weight", (1, 0)),
    "attention/value_bias": ("attention.value.bias", None),
    "attention/output_kernel": ("attention.output.weight", (1, 0)),
    "attention/output_bias": ("attention.output.bias", None),
    "topic/kernel": ("topic.weight", (1, 0)),
    "topic/bias": ("topic.bias", None),
}


def read_numbers(entry, shape):
    """Numbers of a Neuroloom model file."""
    values = entry["values"]
    if values["encoding"] == "array":
        return np.array(values["data"], dtype=np.float32).reshape(shape)
    return np.frombuffer(base64.b64decode(values["data"]), dtype="<f4").reshape(shape)


# Ids in the file's check.
INPUTS, OUTPUTS = {"text": "text"}, {"output": "output"}


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
            "text": random.integers(0, 120, (ROWS, 24, )),
            "target_output": random.integers(0, 4, (ROWS, )),
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
