"""Computes golden values with PyTorch and scikit-learn.

Reads {"jobs": [...]} from standard input and writes {"library": "...", "results": [...]} to standard output. It draws no
numbers and names no layer: expressions, inputs and weights come from generate.ts, which takes them from the program's own
PyTorch mappings. Everything is computed in float64 unless a job says otherwise.
"""

import functools
import json
import math
import sys

import numpy as np
import sklearn.metrics
import torch
from sklearn.calibration import calibration_curve
from torch import nn

DIGITS = 12


def tensor(values, dtype=torch.float64):
    return torch.tensor(values["values"], dtype=dtype).reshape(values["shape"])


def plain(number):
    return float(f"{float(number):.{DIGITS}g}")


def written(t):
    return {"shape": list(t.shape), "values": [plain(x) for x in t.detach().reshape(-1).tolist()]}


def inverse(transpose):
    return [transpose.index(axis) for axis in range(len(transpose))]


def penalty(weight, parameter):
    return weight["l1"] * parameter.abs().sum() + weight["l2"] * (parameter**2).sum()


def weight_of(module, weight):
    """`weight`, or `0.weight` of a module of modules."""
    return functools.reduce(getattr, weight["attribute"].split("."), module)


def make_module(layer, dtype=torch.float64):
    """The layer's module with the given weights, or None for a function call."""
    exec(layer.get("support", ""), globals())
    if layer["module"] is None:
        return None
    module = eval(layer["module"]).to(dtype)
    for weight in layer["weights"]:
        values = tensor(layer["weight_values"][weight["name"]], dtype).permute(weight["transpose"]).contiguous()
        place = weight_of(module, weight)
        if place.shape != values.shape:
            raise ValueError(f"{layer['module']}: {weight['attribute']} is {place.shape}, ours {values.shape}")
        with torch.no_grad():
            place.copy_(values)
    return module


def ours(layer, module, role, of):
    """Parameters or states of a module under our names and in our order of axes."""
    return {
        weight["name"]: written(of(weight_of(module, weight)).permute(inverse(weight["transpose"])))
        for weight in layer["weights"]
        if weight["role"] == role
    }


def call(expression, module, inputs):
    result = eval(expression, {**globals(), "module": module, **inputs})
    return list(result) if isinstance(result, (tuple, list)) else [result]


def run_layer(job):
    inputs = [tensor(values).requires_grad_() for values in job["input_values"]]
    names = {f"x{i}": value for i, value in enumerate(inputs)}
    masks = job.get("mask_values", [])
    names |= {f"mask{i}": tensor(mask) for i, mask in enumerate(masks) if mask is not None}
    module = make_module(job)
    if module is not None:
        module.eval()
    with torch.no_grad():
        evaluation = [written(y) for y in call(job["call"], module, names)]
    if module is not None:
        module.train()
    outputs = call(job["call"], module, names)
    loss = sum((y * tensor(w)).sum() for y, w in zip(outputs, job["output_weights"], strict=True))
    for weight in job["weights"]:
        if weight["role"] == "parameter":
            loss = loss + penalty(weight, weight_of(module, weight))
    if "penalty" in job:
        loss = loss + call(job["penalty"], module, {f"y{i}": y for i, y in enumerate(outputs)})[0]
    loss.backward()
    training = {
        "outputs": [written(y) for y in outputs],
        "input_gradients": [written(torch.zeros_like(x) if x.grad is None else x.grad) for x in inputs],
        "parameter_gradients": ours(job, module, "parameter", lambda p: p.grad),
        "states": ours(job, module, "state", lambda s: s),
    }
    return {"training": training, "evaluation": {"outputs": evaluation}}


def run_activation(job):
    x = tensor(job["input"]).requires_grad_()
    y = eval(job["expression"], {"torch": torch, "x": x})
    (y * tensor(job["output_weights"])).sum().backward()
    return {"output": written(y), "gradient": written(x.grad)}


def run_loss(job):
    """Row by row, so that a row's weight is known to multiply that row's own mean."""
    prediction = tensor(job["prediction"]).requires_grad_()
    targets = tensor(job["target"])
    rows = prediction.shape[0]
    weights = [1.0] * rows if job["row_weights"] is None else job["row_weights"]["values"]
    total = 0
    for row in range(rows):
        p, t = prediction[row], targets[row]
        if job["rows_are_classes"]:
            p, t = p.reshape(-1, prediction.shape[-1]), t.reshape(-1).long()
        total = total + weights[row] * eval(job["expression"], {"torch": torch, "p": p, "t": t})
    loss = job["weight"] * total / rows
    loss.backward()
    return {"loss": plain(loss), "gradient": written(prediction.grad)}


class Model:
    """What the optimizer's expression calls `model`."""

    def __init__(self, modules):
        self.modules = [module for module in modules if module is not None]

    def parameters(self):
        return [parameter for module in self.modules for parameter in module.parameters()]


def clip(parameters, job):
    """Keras's order and formulas: no epsilon beside the norm, which torch.nn.utils.clip_grad_norm_ adds."""
    if job["clipvalue"] is not None:
        for p in parameters:
            p.grad.clamp_(-job["clipvalue"], job["clipvalue"])
    if job["clipnorm"] is not None:
        for p in parameters:
            p.grad.mul_(min(1.0, job["clipnorm"] / max(p.grad.norm().item(), 1e-30)))
    if job["global_clipnorm"] is not None:
        norm = torch.sqrt(sum((p.grad**2).sum() for p in parameters)).item()
        for p in parameters:
            p.grad.mul_(min(1.0, job["global_clipnorm"] / max(norm, 1e-30)))


def train(job, dtype):
    modules = [make_module(layer, dtype) for layer in job["layers"]]
    model = Model(modules)
    optimizer = eval(job["optimizer"], {"torch": torch, "model": model})
    data = {name: tensor(values, dtype) for name, values in job["inputs"].items()}
    targets = [tensor(output["target"], dtype) for output in job["outputs"]]
    losses, own_losses = [], []
    for batch in job["batches"]:
        values = {name: rows[batch] for name, rows in data.items()}
        for layer, module in zip(job["layers"], modules, strict=True):
            (values[layer["result"]],) = call(layer["call"], module, values)
        own = []
        for output, target in zip(job["outputs"], targets, strict=True):
            t = target[batch]
            t = t.reshape(-1).long() if output["rows_are_classes"] else t
            own.append(eval(output["expression"], {"torch": torch, "p": values[output["value"]], "t": t}))
        loss = sum(output["weight"] * one for output, one in zip(job["outputs"], own, strict=True))
        own_losses.append([plain(one) for one in own])
        for layer, module in zip(job["layers"], modules, strict=True):
            for weight in layer["weights"]:
                if weight["l1"] != 0 or weight["l2"] != 0:
                    loss = loss + penalty(weight, weight_of(module, weight))
        losses.append(plain(loss))
        optimizer.zero_grad()
        loss.backward()
        clip(model.parameters(), job)
        optimizer.step()
    trained = {}
    for layer, module in zip(job["layers"], modules, strict=True):
        for role in ("parameter", "state"):
            for name, values in ours(layer, module, role, lambda p: p).items():
                trained[f"{layer['name']}/{name}"] = values
    return losses, own_losses, trained


def run_network(job):
    losses, own_losses, trained = train(job, torch.float64)
    losses_float32, _, _ = train(job, torch.float32)
    own = {"own_losses": own_losses} if len(job["outputs"]) > 1 else {}
    return {"losses": losses, "losses_float32": losses_float32, **own, "trained": trained}


def plain_all(value):
    """Numbers with their digits, lists of them; None for what is not a number."""
    if hasattr(value, "__len__"):
        return [plain_all(one) for one in value]
    return None if math.isnan(value) else plain(value)


def run_metrics(job):
    """Scores are float32, as a network gives them; numbers float64, as they are in the target's units."""
    task, rows, count = job["task"], job["rows"], job["task"]["count"]
    classes = task["kind"] in ("two_classes", "classes")
    s = np.array(job["predictions"], dtype=np.float64 if task["kind"] == "numbers" else np.float32)
    y = np.array(job["targets"], dtype=int if task["kind"] != "numbers" else np.float64)
    if task["kind"] != "two_classes":
        s = s.reshape(rows, count)
    if not classes:
        y = y.reshape(rows, count)
    names = {"metrics": sklearn.metrics, "calibration_curve": calibration_curve, "np": np, "K": count, "y": y, "s": s}
    names["w"] = None if job["weights"] is None else np.array(job["weights"])
    names["p"] = s.argmax(axis=1) if task["kind"] == "classes" else (s > task["threshold"]).astype(int)
    if task["kind"] == "classes":
        names |= {"Y": np.eye(count, dtype=int)[y], "hit": (names["p"] == y).astype(int), "sure": s.max(axis=1)}
    else:
        names |= {"Y": y, "hit": y, "sure": s}
    return {name: plain_all(eval(expression, names)) for name, expression in job["expressions"].items()}


def run_constraint(job):
    return written(eval(job["expression"], {"torch": torch, "w": tensor(job["weights"])}))


RUNNERS = {"constraint": run_constraint, "layer": run_layer, "activation": run_activation, "loss": run_loss, "network": run_network, "metrics": run_metrics}


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    jobs = json.load(sys.stdin)["jobs"]
    library = f"PyTorch {torch.__version__}, scikit-learn {sklearn.__version__}"
    json.dump({"library": library, "results": [RUNNERS[job["kind"]](job) for job in jobs]}, sys.stdout)


main()
