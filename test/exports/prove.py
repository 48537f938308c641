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
import torch  # noqa: E402

torch.set_num_threads(1)
if sys.argv[1:] == ["keras"]:
    import keras

    library = f"keras {keras.__version__} on torch {torch.__version__}"
else:
    library = f"torch {torch.__version__}"
print(json.dumps({"library": library}), flush=True)


def prove(request):
    names = {"__name__": "exported"}
    with open(request["script"], encoding="utf-8") as opened:
        exec(compile(opened.read(), request["script"], "exec"), names)
    with open(request["model"], encoding="utf-8") as opened:
        kept = json.load(opened)
    model = names["initialise"](names["Model"]()) if "Model" in names else names["build"]()
    names["load_weights"](model, kept)
    answer = {"difference": names["check"](model, kept)}
    if request["train"]:
        inputs, targets = names["load_data"](None)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            names["train"](model, inputs, targets, validation=(inputs, targets), epochs=1)
        if "nan" in said.getvalue().lower():
            raise ValueError(f"training gives {said.getvalue().strip()[-200:]}")
    return answer


for line in sys.stdin:
    request = json.loads(line)
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            answer = prove(request)
    except Exception:  # the next script may be sound
        answer = {"error": "".join(traceback.format_exc().splitlines(keepends=True)[-6:])}
    print(json.dumps(answer), flush=True)
