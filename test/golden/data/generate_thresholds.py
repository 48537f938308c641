"""Golden values for figures at thresholds that were chosen, one a label or for the second of two classes; run from the repository's root:

    python test/golden/data/generate_thresholds.py

Writes thresholds.json beside itself.
"""
import json
import pathlib

import numpy
from sklearn.metrics import accuracy_score, confusion_matrix, hamming_loss, precision_recall_fscore_support

HERE = pathlib.Path(__file__).parent


def averages(truth, said, average):
    precision, recall, f1, _ = precision_recall_fscore_support(truth, said, average=average, zero_division=0)
    return {f"precision_{average}": precision, f"recall_{average}": recall, f"f1_{average}": f1}


def labels(seed, rows, thresholds):
    random = numpy.random.default_rng(seed)
    count = len(thresholds)
    shares = random.random((rows, count)).astype(numpy.float32)
    truth = (random.random((rows, count)) < 0.2 + 0.6 * shares).astype(int)
    said = (shares > numpy.float32(thresholds)).astype(int)
    figures = {"accuracy": 1 - hamming_loss(truth, said), "exact_match": accuracy_score(truth, said)}
    for average in ("macro", "micro", "weighted"):
        figures |= averages(truth, said, average)
    each = precision_recall_fscore_support(truth, said, average=None, zero_division=0)
    return {
        "rows": rows,
        "thresholds": thresholds,
        "predictions": shares.ravel().tolist(),
        "targets": truth.ravel().tolist(),
        "figures": figures,
        "each": {name: values.tolist() for name, values in zip(("precision", "recall", "f1"), each)},
    }


def two_classes(seed, rows, threshold):
    random = numpy.random.default_rng(seed)
    second = random.random(rows).astype(numpy.float32)
    truth = (random.random(rows) < second).astype(int)
    said = (second > numpy.float32(threshold)).astype(int)
    figures = {"accuracy": accuracy_score(truth, said)}
    for average in ("macro", "micro", "weighted"):
        figures |= averages(truth, said, average)
    return {
        "rows": rows,
        "threshold": threshold,
        "predictions": numpy.stack([1 - second, second], axis=1).ravel().tolist(),
        "targets": truth.tolist(),
        "figures": figures,
        "confusion": confusion_matrix(truth, said, labels=[0, 1]).tolist(),
    }


out = {
    # A threshold below 0 says yes to every row, one of 1 to none.
    "labels": [labels(1, 60, [0.25, 0.5, 0.75]), labels(2, 40, [0.9, -1, 1, 0.125])],
    "two_classes": [two_classes(3, 80, 0.25), two_classes(4, 50, 0.875)],
}
(HERE / "thresholds.json").write_text(json.dumps(out) + "\n")
