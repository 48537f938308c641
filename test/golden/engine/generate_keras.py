"""Trains the scenarios of keras-options.ts with Keras itself (on torch): losses of every step and the weights at the end.

Reads {"jobs": [...]} from standard input and writes {"library": "...", "results": [...]} to standard output.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
import keras  # noqa: E402
import numpy as np  # noqa: E402

keras.config.set_floatx("float64")

CONSTRAINTS = {
    "max_norm": lambda config: keras.constraints.MaxNorm(config["kernel_max_norm"], axis=0),
    "unit_norm": lambda config: keras.constraints.UnitNorm(axis=0),
    "non_neg": lambda config: keras.constraints.NonNeg(),
}


def penalty(config, prefix):
    l1, l2 = config.get(f"{prefix}l1", 0), config.get(f"{prefix}l2", 0)
    return None if l1 == 0 and l2 == 0 else keras.regularizers.L1L2(l1, l2)


def dense(config):
    activation = config.get("activation", "linear")
    constraint = CONSTRAINTS.get(config.get("kernel_constraint"))
    layer = keras.layers.Dense(
        config["units"],
        activation=None if activation == "prelu" else activation,
        kernel_constraint=None if constraint is None else constraint(config),
        kernel_regularizer=penalty(config, ""),
        bias_regularizer=penalty(config, "bias_"),
        activity_regularizer=penalty(config, "activity_"),
    )
    return [layer, keras.layers.PReLU()] if activation == "prelu" else [layer]


def run(job):
    layers = {
        "first": dense(job["first"]),
        "normal": [keras.layers.BatchNormalization()],
        "second": dense(job["second"]),
        "last": [keras.layers.Dense(1)],
    }
    x = np.array(job["inputs"]).reshape(len(job["targets"]), -1)
    y = np.array(job["targets"]).reshape(-1, 1)
    model = keras.Sequential([keras.Input(x.shape[1:]), *(layer for group in layers.values() for layer in group)])
    weights = {
        f"{name}/{'activation_alpha' if weight.name == 'alpha' else weight.name}": weight
        for name, group in layers.items()
        for layer in group
        for weight in layer.weights
    }
    for name, weight in weights.items():
        weight.assign(np.array(job["initial"][name]["values"]).reshape(job["initial"][name]["shape"]))
    for name in job["frozen"]:
        for layer in layers[name]:
            layer.trainable = False
    model.compile(optimizer=keras.optimizers.SGD(0.1, use_ema=job["use_ema"], ema_momentum=0.9), loss="mse")
    losses = []
    for _ in range(job["steps"]):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x, y)))
    if job["use_ema"]:
        model.optimizer.finalize_variable_values(model.trainable_variables)
    trained = {name: keras.ops.convert_to_numpy(weight) for name, weight in weights.items()}
    return {
        "losses": losses,
        "trained": {name: {"shape": list(w.shape), "values": [float(f"{v:.12g}") for v in w.reshape(-1)]} for name, w in trained.items()},
    }


json.dump({"library": f"keras {keras.__version__}", "results": [run(job) for job in json.load(sys.stdin)["jobs"]]}, sys.stdout)
