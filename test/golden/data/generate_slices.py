"""Golden values for slices and tests of differences: pandas cuts, scikit-learn scores, scipy tests; run from the repository's root:

    python test/golden/data/generate_slices.py

Writes slices.json beside itself.
"""
import json
import pathlib

import numpy
import pandas
import scipy.stats
from sklearn.metrics import accuracy_score, f1_score, mean_absolute_error, root_mean_squared_error

HERE = pathlib.Path(__file__).parent


def quantile_cuts():
    random = numpy.random.default_rng(5)
    cases = []
    for name, values in [
        ("even", random.normal(0, 3, 57)),
        ("many alike", numpy.concatenate([numpy.zeros(40), random.exponential(2, 60)])),
        ("whole numbers", random.integers(0, 30, 200).astype(float)),
    ]:
        for bins in [3, 5, 8]:
            codes, edges = pandas.qcut(values, bins, labels=False, retbins=True, duplicates="drop")
            cases.append({"name": name, "bins": bins, "values": values.tolist(), "edges": edges.tolist(), "codes": codes.tolist()})
    return cases


def sliced():
    random = numpy.random.default_rng(9)
    rows = 240
    column = random.choice(["north", "south", "east"], rows, p=[0.5, 0.3, 0.2])
    target = random.integers(0, 3, rows)
    wrong = random.random(rows) < numpy.where(column == "east", 0.6, 0.15)
    scores = random.random((rows, 3)) * 0.2
    said = numpy.where(wrong, (target + random.integers(1, 3, rows)) % 3, target)
    scores[numpy.arange(rows), said] += 0.5
    scores /= scores.sum(axis=1, keepdims=True)
    truth = random.normal(10, 4, rows)
    guess = truth + random.normal(0, numpy.where(column == "south", 3.0, 1.0))
    slices = {}
    p_wrong, p_error = [], []
    names = ["north", "south", "east"]
    errors = numpy.abs(truth - guess)
    for name in names:
        own = column == name
        slices[name] = {
            "rows": int(own.sum()),
            "accuracy": accuracy_score(target[own], said[own]),
            "f1_macro": f1_score(target[own], said[own], average="macro", labels=[0, 1, 2], zero_division=0),
            "mae": mean_absolute_error(truth[own], guess[own]),
            "rmse": root_mean_squared_error(truth[own], guess[own]),
        }
        table = [[int((said != target)[own].sum()), int((said == target)[own].sum())],
                 [int((said != target)[~own].sum()), int((said == target)[~own].sum())]]
        p_wrong.append(float(scipy.stats.fisher_exact(table).pvalue))
        p_error.append(float(scipy.stats.ttest_ind(errors[own], errors[~own], equal_var=False).pvalue))
    for name, w, e in zip(names, holm(p_wrong), holm(p_error)):
        slices[name]["p_wrong"], slices[name]["p_error"] = w, e
    return {
        "column": column.tolist(), "target": target.tolist(), "scores": scores.ravel().tolist(),
        "truth": truth.tolist(), "guess": guess.tolist(), "slices": slices,
    }


def holm(values):
    order = numpy.argsort(values)
    corrected = numpy.empty(len(values))
    corrected[order] = numpy.maximum.accumulate(numpy.minimum(1, numpy.array(values)[order] * (len(values) - numpy.arange(len(values)))))
    return corrected.tolist()


def exact():
    fisher, mcnemar = [], []
    for a, n, b, m in [(3, 10, 8, 9), (0, 5, 5, 5), (12, 40, 90, 400), (700, 9000, 1500, 22000), (4, 4, 0, 100), (5, 10, 5, 10)]:
        fisher.append([a, n, b, m, float(scipy.stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue)])
    for b, c in [(0, 0), (1, 0), (3, 12), (7, 7), (60, 95), (1200, 1310)]:
        mcnemar.append([b, c, 1.0 if b + c == 0 else float(scipy.stats.binomtest(b, b + c).pvalue)])
    return {"fisher": fisher, "mcnemar": mcnemar}


golden = {"cuts": quantile_cuts(), "sliced": sliced(), "exact": exact()}
(HERE / "slices.json").write_text(json.dumps(golden) + "\n")
