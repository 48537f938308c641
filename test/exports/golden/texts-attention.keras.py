"""Topics by attention

Written by Neuroloom for Keras 3 (pip install keras torch numpy); 3076 parameters.
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

# Data: topic_texts, prepared in Neuroloom. Rows that go in must be prepared alike:
#   feature columns: text (text)
#   target columns: topic (categorical)
#   step token_sequence (vocabulary 120, length 24) on text
#   split: random, 0.25 of the rows for validation
#   input 'text': rows of shape [24]
#   output 'output': compared with the target columns by categorical_crossentropy


class PositionalEncoding(keras.layers.Layer):
    """Adds to every step a vector that says where it stands: sines and cosines, or learned."""

    def __init__(self, encoding="sinusoidal", max_length=512, scale=False, initializer="random_uniform", regularizer=None, **more):
        super().__init__(**more)
        self.encoding, self.max_length, self.scale = encoding, max_length, scale
        self.initializer, self.regularizer = initializer, regularizer
        self.supports_masking = True

    def build(self, shape):
        if self.encoding == "learned":
            places = (self.max_length, shape[-1])
            self.positions = self.add_weight(shape=places, initializer=self.initializer, regularizer=self.regularizer, name="positions")

    def call(self, x):
        steps, width = x.shape[1], x.shape[2]
        x = x * width**0.5 if self.scale else x
        if self.encoding == "learned":
            return x + self.positions[:steps]
        place = np.arange(width)
        angles = np.arange(steps)[:, None] / 10000 ** (place // 2 * 2 / width)
        return x + keras.ops.convert_to_tensor(np.where(place % 2 == 0, np.sin(angles), np.cos(angles)).astype("float32"))


def build():
    text = keras.Input((24,), name="text")
    words = layers.Embedding(input_dim=120, output_dim=16, embeddings_initializer="random_uniform", embeddings_regularizer=None, activity_regularizer=None, embeddings_constraint=None, trainable=True, mask_zero=True, name="words")(text)
    place = PositionalEncoding(encoding="sinusoidal", max_length=512, scale=False, name="place")(words)
    attention = layers.MultiHeadAttention(num_heads=2, key_dim=8, value_dim=8, output_shape=(16,), use_bias=True, dropout=0, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="attention")(place, place)
    sum = layers.Add(name="sum")([place, attention])
    mean = layers.GlobalAveragePooling1D(keepdims=False, name="mean")(sum)
    topic = layers.Dense(units=4, activation="softmax", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="topic")(mean)
    return keras.Model({"text": text}, {"output": topic})


def train(model, inputs, targets, validation=None, epochs=4, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    keras.utils.set_random_seed(0)
    optimizer = keras.optimizers.Adam(learning_rate=0.003, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False)
    model.compile(
        optimizer=optimizer,
        loss={"output": "sparse_categorical_crossentropy"},
        loss_weights={"output": 1},
    )
    callbacks = []
    model.fit(inputs, targets, validation_data=validation, epochs=epochs, batch_size=batch_size, shuffle=True, callbacks=callbacks)
    return model


# Weights in a model file of Neuroloom, in the order in which each layer here holds them.
WEIGHTS = {
    "words": ["words/embeddings"],
    "attention": ["attention/query_kernel", "attention/query_bias", "attention/key_kernel", "attention/key_bias", "attention/value_kernel", "attention/value_bias", "attention/output_kernel", "attention/output_bias"],
    "topic": ["topic/kernel", "topic/bias"],
}
# Ids in the file's check.
INPUTS, OUTPUTS = {"text": "text"}, {"output": "output"}


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
            "text": random.integers(0, 120, (ROWS, 24, )),
            "target_output": random.integers(0, 4, (ROWS, )),
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
