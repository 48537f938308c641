"""Trains networks that translation.ts said in PyTorch. One process for many: a line is {"job": …, "numbers": path, "gradients": path or null}.

Numbers are float32 in one file, told by place and shape. The answer is a line with the losses in both precisions, or with an error; the
gradients of the first step go to their file as float64, parameter by parameter in our order of axes, float64 run first.
"""

import functools
import json
import sys
import warnings

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
warnings.simplefilter("ignore")
NORM_EPSILON = 1e-7


class Model:
    """What an optimizer's expression calls `model`."""

    def __init__(self, parameters):
        self.list = parameters

    def parameters(self):
        return self.list


def inverse(transpose):
    return [transpose.index(axis) for axis in range(len(transpose))]


def place_of(module, weight):
    """`weight`, `0.weight` of a module of modules, `kernel` of a dictionary of parameters."""

    def step(at, name):
        return at[name] if isinstance(at, (nn.ParameterDict, nn.ModuleDict)) else getattr(at, name)

    return functools.reduce(step, weight["attribute"].split("."), module)


def said(expression, names):
    """As globals, so that lambdas in an expression see the names too."""
    return eval(expression, {**globals(), **names})


def call(expression, names):
    result = said(expression, names)
    return list(result) if isinstance(result, (tuple, list)) else [result]


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


def constrain(parameter, weight):
    """Keras's constraints, over the axes of our order."""
    rule, order = weight["constraint"], weight["transpose"]
    with torch.no_grad():
        w = parameter.permute(inverse(order)).contiguous()
        if rule["function"] == "non_neg":
            w = w * (w >= 0)
        else:
            rank = w.dim()
            axes = {"first": [0], "last": [rank - 1], "all_but_last": list(range(rank - 1)) if rank > 1 else [0]}[rule["over"]]
            norms = torch.sqrt((w**2).sum(axes, keepdim=True))
            wanted = torch.clamp(norms, 0, rule["limit"]) if rule["function"] == "max_norm" else 1
            w = w * wanted / (norms + NORM_EPSILON)
        parameter.copy_(w.permute(order))


def make(layer, values, dtype):
    exec(layer["support"], globals())
    if layer["module"] is None:
        return None
    module = eval(layer["module"], globals()).to(dtype)
    for weight in layer["weights"]:
        ours = values(weight["at"], dtype).permute(weight["transpose"]).contiguous()
        place = place_of(module, weight)
        if place.shape != ours.shape:
            raise ValueError(f"{layer['name']}: {weight['attribute']} is {list(place.shape)}, ours {list(ours.shape)}")
        with torch.no_grad():
            place.copy_(ours)
    module.train()
    return module


def forward(job, modules, rows):
    names = dict(rows)
    penalties = []
    for layer, module in zip(job["layers"], modules, strict=True):
        names["module"] = module
        results = call(layer["call"], names)
        if layer["mask"] is not None:
            names[layer["mask"]["variable"]] = said(layer["mask"]["expression"], names)
        if len(results) != len(layer["results"]):
            raise ValueError(f"{layer['name']} gives {len(results)} outputs, ours {len(layer['results'])}")
        names |= dict(zip(layer["results"], results))
        if layer["penalty"] is not None:
            penalties.append(said(layer["penalty"], names))
    return names, penalties


def train(job, numbers, dtype):
    def values(at, kind):
        size = int(np.prod(at["shape"], dtype=np.int64))
        return torch.from_numpy(numbers[at["offset"] : at["offset"] + size].copy()).reshape(at["shape"]).to(kind)

    modules = []
    for layer in job["layers"]:
        modules.append(modules[layer["shared_with"]] if layer["shared_with"] is not None else make(layer, values, dtype))
    weights = [(layer, module, w) for layer, module in zip(job["layers"], modules) for w in layer["weights"] if w["role"] == "parameter"]
    places = [place_of(module, weight) for _, module, weight in weights]
    trained = [(place, weight) for place, (_, _, weight) in zip(places, weights) if weight["trainable"]]
    parameters = [place for place, _ in trained]
    optimizer = said(job["optimizer"], {"model": Model(parameters)}) if parameters else None
    data = {name: values(at, dtype) for name, at in job["inputs"].items()}
    targets = [values(output["target"], dtype) for output in job["outputs"]]
    losses, gradients = [], []
    for step in range(job["steps"]):
        start = step * job["batch"] % job["rows"]
        rows = slice(start, start + job["batch"])
        names, penalties = forward(job, modules, {name: all_rows[rows] for name, all_rows in data.items()})
        loss = sum(penalties)
        for output, target in zip(job["outputs"], targets, strict=True):
            p, t = names[output["value"]], target[rows]
            if output["rows_are_classes"]:
                p, t = p.reshape(-1, p.shape[-1]), t.reshape(-1).long()
            else:
                t = t.reshape(p.shape)
            loss = loss + output["weight"] * said(output["expression"], {"p": p, "t": t})
        for place, (_, _, weight) in zip(places, weights):
            if weight["l1"] != 0 or weight["l2"] != 0:
                loss = loss + weight["l1"] * place.abs().sum() + weight["l2"] * (place**2).sum()
        losses.append(loss.item())
        if not parameters:
            continue
        optimizer.zero_grad()
        loss.backward()
        for place in parameters:
            if place.grad is None:
                place.grad = torch.zeros_like(place)
        if step == 0:
            gradients = [place.grad.permute(inverse(weight["transpose"])).double().reshape(-1).numpy().copy() for place, weight in trained]
        clip(parameters, job)
        optimizer.step()
        for place, weight in trained:
            if weight["constraint"] is not None:
                constrain(place, weight)
    return losses, gradients


print(json.dumps({"library": f"PyTorch {torch.__version__}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        numbers = np.fromfile(request["numbers"], dtype=np.float32)
        answer = {}
        all_gradients = []
        for name in request["precisions"]:
            losses, gradients = train(request["job"], numbers, getattr(torch, name))
            answer[name] = [loss if np.isfinite(loss) else None for loss in losses]
            all_gradients += gradients
        if request["gradients"] is not None:
            np.concatenate(all_gradients or [np.zeros(0)]).tofile(request["gradients"])
        print(json.dumps(answer), flush=True)
    except Exception as error:  # the next design may be sound
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
