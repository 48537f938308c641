"""Digits, by attention

Written by Neuroloom for Keras 3 (pip install keras torch numpy); 17962 parameters.
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

# Data: digits_8x8, prepared in Neuroloom. Rows that go in must be prepared alike:
#   feature columns: p00 (numeric), p01 (numeric), p02 (numeric), p03 (numeric), p04 (numeric), p05 (numeric), p06 (numeric), p07 (numeric), p10 (numeric), p11 (numeric), p12 (numeric), p13 (numeric) … (64)
#   target columns: label (categorical)
#   step min_max on p00, p01, p02, p03, p04, p05, p06, p07, p10, p11, p12, p13 … (64)
#   split: stratified, 0.25 of the rows for validation
#   input 'lines': rows of shape [8, 8]
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
    lines = keras.Input((8, 8,), name="lines")
    width = layers.Dense(units=32, activation="linear", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="width")(lines)
    place = PositionalEncoding(encoding="learned", max_length=8, scale=False, name="place")(width)
    encoder_in = layers.Activation(activation="linear", name="encoder_in")(place)
    encoder_attention = layers.MultiHeadAttention(num_heads=4, key_dim=8, value_dim=8, output_shape=(32,), use_bias=True, dropout=0.1, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="encoder_attention")(encoder_in, encoder_in)
    encoder_attention_dropout = layers.Dropout(rate=0.1, name="encoder_attention_dropout")(encoder_attention)
    encoder_attention_sum = layers.Add(name="encoder_attention_sum")([encoder_in, encoder_attention_dropout])
    encoder_attention_norm = layers.LayerNormalization(axis=-1, epsilon=0.00001, name="encoder_attention_norm")(encoder_attention_sum)
    encoder_feed_inner = layers.Dense(units=64, activation="relu", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="encoder_feed_inner")(encoder_attention_norm)
    encoder_feed_inner_dropout = layers.Dropout(rate=0.1, name="encoder_feed_inner_dropout")(encoder_feed_inner)
    encoder_feed_outer = layers.Dense(units=32, activation="linear", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="encoder_feed_outer")(encoder_feed_inner_dropout)
    encoder_feed_dropout = layers.Dropout(rate=0.1, name="encoder_feed_dropout")(encoder_feed_outer)
    encoder_feed_sum = layers.Add(name="encoder_feed_sum")([encoder_attention_norm, encoder_feed_dropout])
    encoder_feed_norm = layers.LayerNormalization(axis=-1, epsilon=0.00001, name="encoder_feed_norm")(encoder_feed_sum)
    encoder_2_attention = layers.MultiHeadAttention(num_heads=4, key_dim=8, value_dim=8, output_shape=(32,), use_bias=True, dropout=0.1, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="encoder_2_attention")(encoder_feed_norm, encoder_feed_norm)
    encoder_2_attention_dropout = layers.Dropout(rate=0.1, name="encoder_2_attention_dropout")(encoder_2_attention)
    encoder_2_attention_sum = layers.Add(name="encoder_2_attention_sum")([encoder_feed_norm, encoder_2_attention_dropout])
    encoder_2_attention_norm = layers.LayerNormalization(axis=-1, epsilon=0.00001, name="encoder_2_attention_norm")(encoder_2_attention_sum)
    encoder_2_feed_inner = layers.Dense(units=64, activation="relu", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="encoder_2_feed_inner")(encoder_2_attention_norm)
    encoder_2_feed_inner_dropout = layers.Dropout(rate=0.1, name="encoder_2_feed_inner_dropout")(encoder_2_feed_inner)
    encoder_2_feed_outer = layers.Dense(units=32, activation="linear", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="encoder_2_feed_outer")(encoder_2_feed_inner_dropout)
    encoder_2_feed_dropout = layers.Dropout(rate=0.1, name="encoder_2_feed_dropout")(encoder_2_feed_outer)
    encoder_2_feed_sum = layers.Add(name="encoder_2_feed_sum")([encoder_2_attention_norm, encoder_2_feed_dropout])
    encoder_2_feed_norm = layers.LayerNormalization(axis=-1, epsilon=0.00001, name="encoder_2_feed_norm")(encoder_2_feed_sum)
    mean = layers.GlobalAveragePooling1D(keepdims=False, name="mean")(encoder_2_feed_norm)
    digit = layers.Dense(units=10, activation="softmax", use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", name="digit")(mean)
    return keras.Model({"lines": lines}, {"output": digit})


def train(model, inputs, targets, validation=None, epochs=30, batch_size=32):
    """Rows by name of input and output; `validation` is a pair of such."""
    keras.utils.set_random_seed(0)
    optimizer = keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False)
    model.compile(
        optimizer=optimizer,
        loss={"output": "sparse_categorical_crossentropy"},
        loss_weights={"output": 1},
    )
    callbacks = [keras.callbacks.EarlyStopping(monitor="loss" if validation is None else "val_loss", min_delta=0.001, patience=6, restore_best_weights=True)]
    model.fit(inputs, targets, validation_data=validation, epochs=epochs, batch_size=batch_size, shuffle=True, callbacks=callbacks)
    return model


# Weights in a model file of Neuroloom, in the order in which each layer here holds them.
WEIGHTS = {
    "width": ["width/kernel", "width/bias"],
    "place": ["place/positions"],
    "encoder_attention": ["encoder_attention/query_kernel", "encoder_attention/query_bias", "encoder_attention/key_kernel", "encoder_attention/key_bias", "encoder_attention/value_kernel", "encoder_attention/value_bias", "encoder_attention/output_kernel", "encoder_attention/output_bias"],
    "encoder_attention_norm": ["encoder_attention_norm/gamma", "encoder_attention_norm/beta"],
    "encoder_feed_inner": ["encoder_feed_inner/kernel", "encoder_feed_inner/bias"],
    "encoder_feed_outer": ["encoder_feed_outer/kernel", "encoder_feed_outer/bias"],
    "encoder_feed_norm": ["encoder_feed_norm/gamma", "encoder_feed_norm/beta"],
    "encoder_2_attention": ["encoder_2_attention/query_kernel", "encoder_2_attention/query_bias", "encoder_2_attention/key_kernel", "encoder_2_attention/key_bias", "encoder_2_attention/value_kernel", "encoder_2_attention/value_bias", "encoder_2_attention/output_kernel", "encoder_2_attention/output_bias"],
    "encoder_2_attention_norm": ["encoder_2_attention_norm/gamma", "encoder_2_attention_norm/beta"],
    "encoder_2_feed_inner": ["encoder_2_feed_inner/kernel", "encoder_2_feed_inner/bias"],
    "encoder_2_feed_outer": ["encoder_2_feed_outer/kernel", "encoder_2_feed_outer/bias"],
    "encoder_2_feed_norm": ["encoder_2_feed_norm/gamma", "encoder_2_feed_norm/beta"],
    "digit": ["digit/kernel", "digit/bias"],
}
# Ids in the file's check.
INPUTS, OUTPUTS = {"lines": "lines"}, {"output": "output"}


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
            "lines": random.standard_normal((ROWS, 8, 8, )),
            "target_output": random.integers(0, 10, (ROWS, )),
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
