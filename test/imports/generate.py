"""Writes the fixtures of the importer with Keras itself: `python test/imports/generate.py [NAME …]`, a Python with keras, numpy and torch
(or another backend of Keras: KERAS_BACKEND).

Of every model: NAME.keras3.json (model.to_json()), NAME.tfjs.json and NAME.bin (the legacy topology of Keras 2, as TensorFlow.js writes it,
with the weights), and NAME.expected.json (rows and what Keras predicts for them).
"""

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


def plain(value):
    """Without what Keras 3 alone writes: modules, registered names, dtype policies."""
    if isinstance(value, dict):
        if "class_name" in value and "config" in value and value.get("module", "").startswith("keras"):
            if value["class_name"] == "DTypePolicy":
                return value["config"]["name"]
            return {"class_name": value["class_name"], "config": plain(value["config"])}
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def references(value):
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        return [value["config"]["keras_history"]]
    if isinstance(value, dict):
        return [found for one in value.values() for found in references(one)]
    return [found for one in value for found in references(one)] if isinstance(value, (list, tuple)) else []


def topology_of(model):
    """The config of a model as Keras 2 and TensorFlow.js have it."""
    config = model["config"]
    made = {"name": config["name"], "layers": [legacy(layer) for layer in config["layers"] if ".ops" not in layer["module"]]}
    if model["class_name"] == "Functional":
        made |= {"input_layers": ends(config["input_layers"]), "output_layers": ends(config["output_layers"])}
    return made


def legacy(layer):
    """A layer as Keras 2 and TensorFlow.js have it."""
    config = topology_of(layer) if "layers" in layer["config"] else plain(layer["config"])
    if "batch_shape" in config:
        config["batch_input_shape"] = config.pop("batch_shape")
    nodes = []
    for node in layer.get("inbound_nodes", []):
        options = {k: v for k, v in node["kwargs"].items() if isinstance(v, (bool, int, float, str)) and k != "training"}
        nodes.append([[*history, options] for history in references(node["args"]) + references({k: v for k, v in node["kwargs"].items() if k != "mask"})])
    made = {"class_name": layer["class_name"], "config": config, "name": config.get("name")}
    return {**made, "inbound_nodes": nodes} if "inbound_nodes" in layer else made


def ends(value):
    return [value] if isinstance(value[0], str) else value


def leaves(model):
    """Its layers, those of models inside of it in their place."""
    return [leaf for layer in model.layers for leaf in (leaves(layer) if isinstance(layer, keras.Model) else [layer])]


def write(model):
    three = json.loads(model.to_json())
    topology = topology_of(three)
    for weight in model.weights:
        weight.assign(keras.ops.convert_to_numpy(weight) + 0.1 * np.abs(random.standard_normal(weight.shape)))
    held = [layer for layer in leaves(model) if layer.weights]
    weights = [(f"{layer.name}/{w.path.split('/', 1)[1]}", np.asarray(keras.ops.convert_to_numpy(w), dtype="<f4")) for layer in held for w in layer.weights]
    manifest = [{"name": name, "shape": list(values.shape), "dtype": "float32"} for name, values in weights]
    tfjs = {
        "format": "layers-model",
        "generatedBy": "keras v2.15.0",
        "convertedBy": "TensorFlow.js Converter",
        "modelTopology": {"keras_version": "2.15.0", "backend": "tensorflow", "model_config": {"class_name": three["class_name"], "config": topology}},
        "weightsManifest": [{"paths": [f"{model.name}.bin"], "weights": manifest}],
    }
    rows = [
        random.integers(0, 9, (3, *x.shape[1:])) if model.name == "words" else random.standard_normal((3, *x.shape[1:])) for x in model.inputs
    ]
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


for make in (pictures, words, branches, chain, encoder_and_head, around):
    model = make()
    if len(sys.argv) < 2 or model.name in sys.argv[1:]:
        write(model)
