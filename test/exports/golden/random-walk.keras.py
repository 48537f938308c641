"""Series that nobody foretells

Written by Neuroloom for Keras 3 (pip install keras torch numpy); 553 parameters.
KERAS_BACKEND may name another backend than torch.

    python THIS.py                       trains on random rows, to show that it runs
    python THIS.py --data rows.npz       trains on prepared rows: an array for each input, target_NAME for each output
    python THIS.py --weights model.json  takes the weights of a model file of Neuroloom and compares its check
"""
import argparse
import base64
import json
import math
import os
import sys

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "torch")
import keras
from keras import layers

# Data: random_walk, prepared in Neuroloom. Rows that go in must be prepared alike:
#   target columns: y (numeric)
#   step standardise on y
#   windows of 16 rows, predicted 1 rows ahead
#   split: time, 0.2 of the rows for validation
#   input 'past': rows of shape [16, 1]
#   output 'output': compared with the target columns by mse


def build():
    past = keras.Input((16, 1,), name="past")
    memory = layers.GRU(units=12, activation="tanh", use_bias=True, return_sequences=False, dropout=0, recurrent_dropout=0, recurrent_activation="sigmoid", go_backwards=False, reset_after=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros", name="memory")(past)
    next = layers.Dense(units=1, activation="linear", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="next")(memory)
    return keras.Model({"past": past}, {"output": next})


def train(model, inputs, targets, validation=None, epochs=30, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    keras.utils.set_random_seed(0)
    optimizer = keras.optimizers.Adam(learning_rate=0.005, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False)
    model.compile(
        optimizer=optimizer,
        loss={"output": "mean_squared_error"},
        loss_weights={"output": 1},
    )
    callbacks = []
    model.fit(inputs, targets, validation_data=validation, epochs=epochs, batch_size=batch_size, shuffle=True, callbacks=callbacks)
    return model


# Weights in a model file of Neuroloom, in the order in which each layer here holds them.
WEIGHTS = {
    "memory": ["memory/kernel", "memory/recurrent_kernel", "memory/bias"],
    "next": ["next/kernel", "next/bias"],
}
# Ids in the file's check.
INPUTS, OUTPUTS = {"past": "past"}, {"output": "output"}


def read_numbers(entry, shape):
    """Numbers of a Neuroloom model file."""
    values = entry["values"]
    if values["encoding"] == "array":
        return np.array(values["data"], dtype=np.float32).reshape(shape)
    return np.frombuffer(base64.b64decode(values["data"]), dtype="<f4").reshape(shape)


def load_weights(model, file):
    """Takes the weights of a model file."""
    entries = {entry["name"]: entry for entry in file["weights"]}
    for layer, names in WEIGHTS.items():
        for place, name in zip(model.get_layer(layer).weights, names, strict=True):
            place.assign(read_numbers(entries[name], tuple(place.shape)))
    return model


def check(model, file):
    """The largest difference from the predictions that the file keeps."""
    rows, kept = file["check"]["row_count"], file["check"]["predictions"]
    inputs = {INPUTS[key]: read_numbers(one, (rows, *one["shape"])) for key, one in file["check"]["inputs"].items()}
    outputs = model.predict(inputs, verbose=0)
    pairs = [(outputs[OUTPUTS[key]], read_numbers(one, (rows, *one["shape"]))) for key, one in kept.items()]
    return max(float(np.abs(ours - theirs).max()) for ours, theirs in pairs)


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
    inputs = {name: np.asarray(arrays[name], dtype="float32") for name in INPUTS.values()}
    targets = {name: np.asarray(arrays[f"target_{name}"], dtype="float32") for name in OUTPUTS.values()}
    return inputs, targets


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    parser.add_argument("--weights")
    parser.add_argument("--epochs", type=int)
    options = parser.parse_args()
    model = build()
    if options.weights is not None:
        with open(options.weights, encoding="utf-8") as opened:
            kept = json.load(opened)
        load_weights(model, kept)
        print(f"largest difference from the kept predictions: {check(model, kept):.3g}")
    else:
        rows = load_data(options.data)
        train(model, *rows, **({} if options.epochs is None else {"epochs": options.epochs}))
