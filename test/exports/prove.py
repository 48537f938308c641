"""Runs exported scripts: loads the weights of a model into each, compares its predictions, and trains it for one epoch on random rows.

A line on standard input is {"script": path, "model": path, "train": bool}; the answer is a line {"difference": ...} or {"error": ...}.
"""

import contextlib
import io
import json
import os
import sys
import traceback
import warnings

os.environ["KERAS_BACKEND"] = "torch"
warnings.simplefilter("ignore")
import numpy as np  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(1)
if sys.argv[1:] == ["keras"]:
    import keras

    library = f"keras {keras.__version__} on torch {torch.__version__}"
else:
    library = f"torch {torch.__version__}"
print(json.dumps({"library": library}), flush=True)


def trained(names, model, kept):
    """The largest difference after training on the rows of the check."""

    def rows_of(ends, entries):
        array = np.asarray if "build" in names else torch.as_tensor
        shape = lambda one: (kept["check"]["row_count"], *one["shape"])
        return {ends[key]: array(names["read_numbers"](one, shape(one))) for key, one in entries.items()}

    rows = rows_of(names["INPUTS"], kept["check"]["inputs"]), rows_of(names["OUTPUTS"], kept["trained"]["targets"])
    with contextlib.redirect_stdout(io.StringIO()):
        names["train"](model, *rows, validation=rows)
    return names["check"](model, {"check": {**kept["check"], "predictions": kept["trained"]["predictions"]}})


def prove(request):
    names = {"__name__": "exported"}
    with open(request["script"], encoding="utf-8") as opened:
        exec(compile(opened.read(), request["script"], "exec"), names)
    with open(request["model"], encoding="utf-8") as opened:
        kept = json.load(opened)
    model = names["initialise"](names["Model"]()) if "Model" in names else names["build"]()
    names["load_weights"](model, kept)
    answer = {"difference": names["check"](model, kept)}
    if "trained" in kept:
        answer["difference"] = max(answer["difference"], trained(names, model, kept))
    elif request["train"]:
        inputs, targets = names["load_data"](None)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            names["train"](model, inputs, targets, validation=(inputs, targets), epochs=1)
        if "nan" in said.getvalue().lower():
            raise ValueError(f"training gives {said.getvalue().strip()[-200:]}")
    # What is not a number is none in JSON.
    return answer if answer["difference"] == answer["difference"] else {"difference": None}


for line in sys.stdin:
    request = json.loads(line)
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            answer = prove(request)
    except Exception:  # the next script may be sound
        answer = {"error": "".join(traceback.format_exc().splitlines(keepends=True)[-6:])}
    print(json.dumps(answer), flush=True)
