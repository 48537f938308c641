"""Holds the stepwise recurrent module that golden values come from to Keras's own layers: masks, states, directions, merge modes.

Run by hand where keras is installed: `node test/golden/engine/recurrent-support.ts | python test/golden/engine/keras_recurrent.py`.
Ends with an error when any output differs by 1e-6 or more.
"""
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch
from torch import nn

exec(sys.stdin.read(), globals())

B, T, I, H = 3, 5, 2, 4
MASK = torch.tensor([[1, 1, 1, 1, 1], [0, 1, 1, 0, 1], [0, 0, 1, 1, 0]]).float()
LAYERS = {"simple_rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
torch.manual_seed(0)
x = torch.randn(B, T, I)
compared, worst = 0, 0.0


def compare(name, ours, theirs):
    global compared, worst
    apart = (ours - theirs).abs().max().item()
    compared, worst = compared + 1, max(worst, apart)
    if apart >= 1e-6:
        sys.exit(f"{name}: {apart}")


def copy_of(cell, weights, reset_after=False):
    module = KerasRecurrent(cell, I, H, True, reset_after)
    with torch.no_grad():
        for parameter, value in zip((module.kernel, module.recurrent_kernel, module.bias), weights):
            parameter.copy_(value)
    return module


def weights_of(layer):
    return [weight.value for weight in layer.weights if "seed" not in weight.name]


for cell, make in LAYERS.items():
    for reset_after in (True, False) if cell == "gru" else (False,):
        for backwards in (False, True):
            for mask in (None, MASK):
                for states in (None, [torch.randn(B, H) for _ in range(2 if cell == "lstm" else 1)]):
                    options = {"reset_after": reset_after} if cell == "gru" else {}
                    layer = make(H, return_sequences=True, return_state=True, go_backwards=backwards, bias_initializer="random_normal", **options)
                    theirs = layer(x, mask=None if mask is None else mask.bool(), initial_state=states)
                    h, c = [*(states or []), None, None][:2]
                    module = copy_of(cell, weights_of(layer), reset_after)
                    sequence, _, *final = module(x, torch.tanh, torch.sigmoid, h=h, c=c, mask=mask, reverse=backwards)
                    name = f"{cell}, reset after {reset_after}, backwards {backwards}, mask {mask is not None}, states {states is not None}"
                    compare(name, sequence.flip(1) if backwards else sequence, theirs[0])
                    for ours, state in zip(final, theirs[1:]):
                        compare(f"{name}, states at the end", ours, state)

MERGED = {"concat": lambda f, b: torch.cat([f, b], -1), "sum": torch.add, "mul": torch.mul, "ave": lambda f, b: (f + b) / 2}
for sequences in (True, False):
    for mode, merge in MERGED.items():
        layer = keras.layers.Bidirectional(keras.layers.LSTM(H, return_sequences=sequences), merge_mode=mode)
        theirs = layer(x, mask=MASK.bool())
        weights = weights_of(layer)
        runs = [copy_of("lstm", weights[3 * d : 3 * d + 3])(x, torch.tanh, torch.sigmoid, mask=MASK, reverse=d == 1, zero_masked=sequences) for d in (0, 1)]
        compare(f"bidirectional, {mode}, sequences {sequences}", merge(*[run[0 if sequences else 1] for run in runs]), theirs)

print(f"Keras {keras.__version__}: {compared} outputs, the largest difference {worst:.1e}")
