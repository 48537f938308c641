"""Writes the fixtures of the importer with Keras itself: `python test/imports/generate.py [NAME …]`, a Python with keras, numpy and torch
(or another backend of Keras: KERAS_BACKEND).

Of every model: NAME.keras3.json (model.to_json()), NAME.tfjs.json and NAME.bin (the legacy topology of Keras 2, as TensorFlow.js writes it,
with the weights), and NAME.expected.json (rows and what Keras predicts for them). No file here is by Keras 2 itself; browser.* is by TensorFlow.js (generate-tfjs.ts).
"""

import inspect
import json
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402

FOLDER = pathlib.Path(__file__).parent / "fixtures"
keras.utils.set_random_seed(5)
random = np.random.default_rng(5)


def pictures():
    x = keras.Input((8, 8, 1), name="picture")
    y = layers.Conv2D(3, 3, padding="same", activation="relu", kernel_regularizer=keras.regularizers.L2(0.01), name="conv")(x)
    y = layers.BatchNormalization(name="norm")(y)
    y = layers.MaxPooling2D(name="pool")(y)
    y = layers.ZeroPadding2D(((1, 0), (0, 1)), name="pad")(y)
    y = layers.DepthwiseConv2D(2, depth_multiplier=2, name="depthwise")(y)
    y = layers.ReLU(name="rectify")(y)
    y = layers.Flatten(name="flat")(y)
    y = layers.Dropout(0.3, name="drop")(y)
    return keras.Model(x, layers.Dense(4, activation="softmax", kernel_constraint=keras.constraints.MaxNorm(1.5), name="class")(y), name="pictures")


def words():
    x = keras.Input((6,), name="words")
    y = layers.Embedding(9, 4, mask_zero=True, name="vectors")(x)
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True), name="both")(y)
    y = layers.GRU(4, recurrent_regularizer=keras.regularizers.L1L2(0.01, 0.02), name="last")(y)
    return keras.Model(x, layers.Dense(1, activation="sigmoid", name="answer")(y), name="words")


def branches():
    a, b = keras.Input((5, 4), name="a"), keras.Input((5, 4), name="b")
    shared = layers.Dense(4, activation="tanh", name="shared")
    p, q = shared(a), shared(b)
    y = layers.Add(name="sum")([p, q])
    y = layers.LayerNormalization(name="norm")(y)
    y = layers.MultiHeadAttention(2, 3, name="attention")(y, p, use_causal_mask=False)
    y = layers.Concatenate(name="join")([y, q])
    sequence, state = layers.SimpleRNN(3, return_sequences=True, return_state=True, name="walk")(y)
    mean = layers.GlobalAveragePooling1D(name="mean")(sequence)
    return keras.Model([a, b], [layers.Dense(2, name="first")(mean), layers.Dense(3, activation="softmax", name="second")(state)], name="branches")


def chain():
    return keras.Sequential(
        [keras.Input((7,)), layers.Dense(5, activation="elu", name="one"), layers.Dense(2, name="two")],
        name="chain",
    )


def encoder_and_head():
    """A model that is used twice, and a chain that ends it, with a layer called like one in the other."""
    row = keras.Input((4,), name="row")
    y = layers.Dense(3, activation="tanh", name="wide")(row)
    encoder = keras.Model(row, layers.Dense(2, name="code")(y), name="encoder")
    head = keras.Sequential([layers.Dense(3, activation="relu", name="hidden"), layers.Dense(2, activation="softmax", name="class")], name="head")
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    y = layers.Concatenate(name="join")([encoder(a), encoder(b)])
    return keras.Model([a, b], head(y), name="nested")


def around():
    """A chain that begins with a model, in which there is another."""
    x = keras.Input((5,), name="inner_row")
    within = keras.Sequential([keras.Input((5,)), layers.Dense(4, activation="elu", name="deep")], name="within")
    base = keras.Model(x, layers.Dense(3, name="narrow")(within(x)), name="base")
    return keras.Sequential([base, layers.Dense(2, name="answer")], name="around")


def keywords():
    """Tensors by name, in another order than ours, and masks that come in from outside."""
    x, m = keras.Input((4, 6), name="x"), keras.Input((4,), dtype="bool", name="m")
    q, k, v = (layers.Dense(6, name=name)(x) for name in ("q", "k", "v"))
    a = layers.MultiHeadAttention(2, 3, name="heads")(query=q, key=k, value=v, value_mask=m)
    b = layers.Attention(name="plain")([q, v, k], mask=[None, m])
    c = layers.MultiHeadAttention(1, 2, name="pair")(q, k)
    y = layers.Concatenate(name="join")([a, b, c])
    state = layers.Dense(3, name="start")(layers.Flatten(name="flat")(q))
    y = layers.LSTM(3, return_sequences=True, name="walk")(y, initial_state=[state, state])
    y = layers.GRU(3, name="end")(y, mask=m)
    return keras.Model([x, m], layers.Dense(2, name="answer")(y), name="keywords")


def padded():
    """Masks that layers make, put together and handed on."""
    a, b = keras.Input((5,), name="a"), keras.Input((5,), name="b")
    e = layers.Embedding(3, 4, mask_zero=True, name="e")(a)
    f = layers.Embedding(3, 4, mask_zero=True, name="f")(b)
    y = layers.LSTM(3, name="sum_end")(layers.Add(name="sum")([e, f]))
    z = layers.GRU(3, name="side_end")(layers.Concatenate(name="side")([e, f]))
    u = layers.Concatenate(axis=1, name="behind")([e, f])
    u = layers.SimpleRNN(3, name="behind_end")(u)
    t = layers.Attention(name="look")([e, f])
    t = layers.GlobalAveragePooling1D(name="mean")(t)
    # Of embeddings of its own: the layer takes the masks off what it is given, and others would miss them.
    g, own = (layers.Embedding(3, 4, mask_zero=True, name=name)(row) for name, row in (("g", a), ("own", b)))
    h = layers.MultiHeadAttention(2, 2, name="heads")(g, own)
    h = layers.GlobalAveragePooling1D(name="heads_mean")(h)
    k = layers.Embedding(3, 4, mask_zero=True, name="k")(b)
    h2 = layers.GRU(2, name="heads_end")(layers.MultiHeadAttention(1, 2, name="self")(k, k))
    s = layers.Masking(0.5, name="half")(layers.Reshape((5, 1), name="column")(a))
    s = layers.LSTM(2, name="half_end")(s)
    joined = layers.Concatenate(name="join")([y, z, u, t, h, h2, s])
    return keras.Model([a, b], layers.Dense(2, name="answer")(joined), name="padded")


def residual():
    """What shares a tensor with an attention counts by the mask that Keras wrote down for it."""
    a = keras.Input((5,), name="a")
    e = layers.Embedding(3, 4, mask_zero=True, name="e")(a)
    y = layers.Add(name="sum")([e, layers.MultiHeadAttention(2, 2, name="block")(e, e)])
    y = layers.GlobalAveragePooling1D(name="mean")(layers.LayerNormalization(name="norm")(y))
    return keras.Model(a, layers.Dense(2, name="answer")(y), name="residual")


def rectified():
    """Rectifiers with options of their own, an axis by its number, and operations on tensors (in Keras 2 the layers of their names)."""
    x = keras.Input((6, 6, 2), name="picture")
    y = layers.Conv2D(4, 3, activation="relu6", name="conv")(x)
    y = layers.BatchNormalization(axis=3, name="norm")(y)
    six = layers.ReLU(6.0, name="six")(y)
    leaky = layers.LeakyReLU(name="leaky")(y)
    steep = layers.LeakyReLU(0.2, name="steep")(y)
    own = layers.PReLU(shared_axes=[1, 2], name="own")(y)
    slope = layers.ReLU(negative_slope=0.1, name="slope")(y)
    y = layers.Maximum(name="most")([six + leaky, steep * own, slope])
    return keras.Model(x, layers.Dense(2, name="answer")(layers.Flatten(name="flat")(y)), name="rectified")


def hard_sigmoid(x):
    """What Keras 2 and TensorFlow.js call so: their recurrent layers have it by default."""
    return keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)


def older():
    x = keras.Input((4, 3), name="x")
    y = layers.LSTM(3, recurrent_activation=hard_sigmoid, return_sequences=True, name="walk")(x)
    y = layers.GRU(3, recurrent_activation=hard_sigmoid, reset_after=False, name="end")(y)
    y = layers.Dense(4, activation=hard_sigmoid, name="hard")(y)
    return keras.Model(x, layers.Dense(2, name="answer")(y), name="older")


def defaults():
    """Every layer that can come in, with the options that Keras writes where none are given."""
    needed = {"Dropout": [0.2], "GaussianNoise": [0.1], "SpatialDropout1D": [0.1], "SpatialDropout2D": [0.1], "Embedding": [3, 2], "Dot": [1]}
    needed |= {"Activation": ["relu"], "Reshape": [(2,)], "Permute": [(2, 1)], "RepeatVector": [2], "MultiHeadAttention": [2, 2]}
    needed |= {name: [2] for name in ("Dense", "SimpleRNN", "LSTM", "GRU", "MaxPooling1D", "AveragePooling1D", "AveragePooling2D")}
    needed |= {name: [2, 3] for name in ("Conv1D", "Conv2D", "Conv2DTranspose", "SeparableConv2D")} | {"DepthwiseConv2D": [3]}
    plain_ones = "Add Average Maximum Minimum Multiply Subtract Concatenate Flatten Masking Attention BatchNormalization LayerNormalization"
    plain_ones += " GroupNormalization RMSNormalization MaxPooling2D GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D"
    plain_ones += " GlobalMaxPooling2D Cropping1D Cropping2D ZeroPadding1D ZeroPadding2D UpSampling1D UpSampling2D ActivityRegularization"
    plain_ones += " ReLU LeakyReLU PReLU ELU Softmax"
    made = [getattr(layers, name)(*given) for name, given in needed.items()] + [getattr(layers, name)() for name in plain_ones.split()]
    made += [layers.Bidirectional(layers.GRU(2)), keras.Input((3,))._keras_history.operation]
    return sorted(([type(one).__name__, json.loads(json.dumps(keras.saving.serialize_keras_object(one)))["config"]] for one in made), key=lambda pair: pair[0])


def plain(value):
    """Without what Keras 3 alone writes: modules, registered names, dtype policies."""
    if isinstance(value, dict):
        if value.get("class_name") == "function":
            return value["config"]
        if "class_name" in value and "config" in value and value.get("module", "").startswith("keras"):
            if value["class_name"] == "DTypePolicy":
                return value["config"]["name"]
            return {"class_name": value["class_name"], "config": plain(value["config"])}
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def references(value):
    """Tensors as Keras 2 writes them, in the lists in which they stand."""
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        return value["config"]["keras_history"]
    return [references(one) for one in value] if isinstance(value, (list, tuple)) else value


def call_of(layer, node):
    """One call as Keras 2 has it: a row for each tensor of the first argument, and beside it all others by their names."""
    kind = getattr(layers, layer["class_name"], None)
    names = [name for name in inspect.signature(kind.call).parameters if name != "self"] if kind else ["inputs"]
    given = {**{name: references(value) for name, value in zip(names, node["args"])}, **{k: references(v) for k, v in node["kwargs"].items()}}
    first = given.pop(names[0])
    rows = [first] if isinstance(first[0], str) else first
    # States that are given stand in the list, and what Keras 3 writes by itself, masks and training, is not there.
    state = given.pop("initial_state", None) or []
    rows = rows + ([state] if state and isinstance(state[0], str) else state)
    made = lambda value: isinstance(value, list) and (value[0] in MADE if isinstance(value[0], str) else any(one is not None and one[0] in MADE for one in value))
    kept = {name: value for name, value in given.items() if value is not None and name != "training" and not made(value)}
    return [[*row, kept] for row in rows]


MADE = set()


def topology_of(model):
    """The config of a model as Keras 2 and TensorFlow.js have it."""
    config = model["config"]
    of_layers = [layer for layer in config["layers"] if ".ops" not in layer["module"] or hasattr(layers, layer["class_name"])]
    MADE.update(layer["config"]["name"] for layer in config["layers"] if layer not in of_layers)
    # What masks are put together with is called like a layer.
    for _ in config["layers"]:
        masks = [layer for layer in of_layers if any(name in json.dumps(layer.get("inbound_nodes", [])) for name in quoted(MADE)) and ".ops" in layer["module"]]
        MADE.update(layer["config"]["name"] for layer in masks)
        of_layers = [layer for layer in of_layers if layer not in masks]
    made = {"name": config["name"], "layers": [legacy(layer) for layer in of_layers]}
    if model["class_name"] == "Functional":
        made |= {"input_layers": ends(config["input_layers"]), "output_layers": ends(config["output_layers"])}
    return made


def legacy(layer):
    """A layer as Keras 2 and TensorFlow.js have it."""
    config = topology_of(layer) if "layers" in layer["config"] else plain(layer["config"])
    if "batch_shape" in config:
        config["batch_input_shape"] = config.pop("batch_shape")
    operands = lambda node: {**node, "args": [node["args"]]} if ".ops" in layer["module"] and len(node["args"]) > 1 else node
    nodes = [call_of(layer, operands(node)) for node in layer.get("inbound_nodes", [])]
    made = {"class_name": layer["class_name"], "config": config, "name": config.get("name")}
    return {**made, "inbound_nodes": nodes} if "inbound_nodes" in layer else made


def quoted(names):
    return [json.dumps(name) for name in names]


def ends(value):
    return [value] if isinstance(value[0], str) else value


def leaves(model):
    """Its layers, those of models inside of it in their place."""
    return [leaf for layer in model.layers for leaf in (leaves(layer) if isinstance(layer, keras.Model) else [layer])]


def write(model):
    three = json.loads(model.to_json())
    topology = three["config"] if model.name in BY_FORM_OF_3 else topology_of(three)
    for weight in model.weights:
        weight.assign(keras.ops.convert_to_numpy(weight) + 0.1 * np.abs(random.standard_normal(weight.shape)))
    held = [layer for layer in leaves(model) if layer.weights]
    weights = [(f"{layer.name}/{w.path.split('/', 1)[1]}", np.asarray(keras.ops.convert_to_numpy(w), dtype="<f4")) for layer in held for w in layer.weights]
    manifest = [{"name": name, "shape": list(values.shape), "dtype": "float32"} for name, values in weights]
    version = keras.__version__ if model.name in BY_RULES_OF_3 else "2.15.0"
    tfjs = {
        "format": "layers-model",
        "generatedBy": f"keras v{version}",
        "convertedBy": "TensorFlow.js Converter",
        "modelTopology": {"keras_version": version, "backend": "tensorflow", "model_config": {"class_name": three["class_name"], "config": topology}},
        "weightsManifest": [{"paths": [f"{model.name}.bin"], "weights": manifest}],
    }
    def drawn(x):
        shape = (3, *x.shape[1:])
        if x.dtype == "bool":
            # The first steps count, as ours has it that padding comes behind; all of them in the first row.
            return np.arange(shape[1]) < np.array([[shape[1]], [2], [1]])
        return random.integers(0, INDICES[model.name], shape) if model.name in INDICES else random.standard_normal(shape)

    rows = [drawn(x) for x in model.inputs]
    outputs = model.predict(rows if len(rows) > 1 else rows[0], verbose=0)
    numbers = lambda values: {"shape": list(values.shape[1:]), "values": [float(f"{v:.8g}") for v in np.asarray(values, dtype="float32").reshape(-1)]}
    expected = {
        "library": f"keras {keras.__version__}",
        "inputs": [numbers(one) for one in rows],
        "outputs": [numbers(one) for one in (outputs if isinstance(outputs, list) else [outputs])],
    }
    (FOLDER / f"{model.name}.keras3.json").write_text(model.to_json(indent=1) + "\n")
    (FOLDER / f"{model.name}.tfjs.json").write_text(json.dumps(tfjs, indent=1) + "\n")
    (FOLDER / f"{model.name}.bin").write_bytes(b"".join(values.tobytes() for _, values in weights))
    (FOLDER / f"{model.name}.expected.json").write_text(json.dumps(expected, indent=1) + "\n")


INDICES = {"words": 9, "padded": 3, "residual": 3}
# Keras 2 puts masks together otherwise.
BY_RULES_OF_3 = ["padded", "residual"]
# In the form of Keras 2 masks are not written down.
BY_FORM_OF_3 = ["residual"]

for make in (pictures, words, branches, chain, encoder_and_head, around, keywords, padded, rectified, older, residual):
    model = make()
    if len(sys.argv) < 2 or model.name in sys.argv[1:]:
        write(model)
if len(sys.argv) < 2 or "defaults" in sys.argv[1:]:
    (FOLDER / "defaults.json").write_text(json.dumps(defaults(), indent=1) + "\n")
