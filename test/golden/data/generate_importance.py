"""Golden values for permutation importance and partial dependence: scikit-learn's over linear and logistic models; from the repository's root:

    python test/golden/data/generate_importance.py

Writes importance.json beside itself: rows, weights, the permutations that were drawn, and what scikit-learn found.
"""
import json
import pathlib

import numpy
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.utils import check_random_state

HERE = pathlib.Path(__file__).parent
REPEATS = 4
RESOLUTION = 24


def orders(rows, columns, seed):
    """What permutation_importance deals out: within a column each shuffle is of the values as the last one left them."""
    first = check_random_state(seed).randint(numpy.iinfo(numpy.int32).max + 1)
    found = []
    for _ in range(columns):
        random = check_random_state(first)
        index, values, own = numpy.arange(rows), numpy.arange(rows), []
        for _ in range(REPEATS):
            random.shuffle(index)
            values = values[index]
            own.append(values.tolist())
        found.append(own)
    return found


def dependence(model, x, column, resolution):
    found = partial_dependence(model, x, [column], kind="both", method="brute", grid_resolution=resolution)
    return {"column": column, "grid": found["grid_values"][0].tolist(), "average": found["average"][0].tolist(), "individual": found["individual"][0][:5].tolist()}


def case(name, model, x, y, scoring, seed):
    model.fit(x, y)
    found = [permutation_importance(model, x, y, scoring=one, n_repeats=REPEATS, random_state=seed) for one in scoring.values()]
    return {
        "name": name, "x": x.tolist(), "y": y.tolist(), "weights": numpy.atleast_2d(model.coef_).tolist(), "bias": numpy.atleast_1d(model.intercept_).tolist(),
        "orders": orders(x.shape[0], x.shape[1], seed),
        "figures": {figure: {"importances": one.importances.tolist(), "mean": one.importances_mean.tolist(), "deviation": one.importances.std(axis=1, ddof=1).tolist()} for figure, one in zip(scoring, found)},
        "dependence": [dependence(model, x, column, RESOLUTION) for column in range(x.shape[1])],
    }


random = numpy.random.default_rng(5)
x = numpy.column_stack([random.normal(3, 2, 60), random.exponential(4, 60), random.integers(0, 6, 60).astype(float)])
numbers = 4 * x[:, 0] - 0.5 * x[:, 1] + random.normal(0, 1, 60)
classes = (x[:, 0] + 0.4 * x[:, 1] + random.normal(0, 2, 60) > 4.5).astype(int)
three = numpy.digitize(x[:, 0] + 0.8 * x[:, 2] + random.normal(0, 1, 60), [3, 6])
regression = {"mae": "neg_mean_absolute_error", "rmse": "neg_root_mean_squared_error", "r2": "r2"}
classification = {"accuracy": "accuracy", "log_loss": "neg_log_loss"}
golden = {
    "resolution": RESOLUTION,
    "cases": [
        case("numbers", LinearRegression(), x, numbers, regression, 1),
        case("two_classes", LogisticRegression(), x, classes, classification, 2),
        case("classes", LogisticRegression(), x, three, classification, 3),
    ],
}
(HERE / "importance.json").write_text(json.dumps(golden) + "\n")
