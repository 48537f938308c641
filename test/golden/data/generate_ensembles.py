"""Golden values for ensembles: scikit-learn's voting and stacking over given predictions; run from the repository's root:

    python test/golden/data/generate_ensembles.py

Writes ensembles.json beside itself. Members are estimators that only say what they were given.
"""
import json
import pathlib

import numpy
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.ensemble import StackingClassifier, StackingRegressor, VotingClassifier, VotingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error, root_mean_squared_error

HERE = pathlib.Path(__file__).parent


class Says(ClassifierMixin, BaseEstimator):
    """X is the number of each row."""

    def __init__(self, given=None):
        self.given = given

    def fit(self, x, y):
        self.classes_ = numpy.unique(y)
        return self

    def predict_proba(self, x):
        return self.given[x[:, 0].astype(int)]

    def predict(self, x):
        return self.classes_[self.predict_proba(x).argmax(axis=1)]


class SaysNumber(RegressorMixin, BaseEstimator):
    def __init__(self, given=None):
        self.given = given

    def fit(self, x, y):
        self.fitted_ = True
        return self

    def predict(self, x):
        return self.given[x[:, 0].astype(int)]


def classes(count, rows, seed):
    random = numpy.random.default_rng(seed)
    y = random.integers(0, count, rows)
    y[:count] = numpy.arange(count)
    members = []
    for strength in [1.0, 1.6, 0.7]:
        scores = random.normal(0, 1, (rows, count))
        scores[numpy.arange(rows), y] += strength
        shares = numpy.exp(scores)
        members.append(shares / shares.sum(axis=1, keepdims=True))
    x = numpy.arange(rows).reshape(-1, 1)
    named = [(f"m{k}", Says(given).fit(x, y)) for k, given in enumerate(members)]
    learn, ask = x[: rows // 2], x[rows // 2:]
    soft = VotingClassifier(named, voting="soft").fit(x, y)
    hard = VotingClassifier(named, voting="hard").fit(x, y)
    final = LogisticRegression(C=1.0, tol=1e-12, max_iter=100_000)
    stacking = StackingClassifier(named, final, cv="prefit").fit(learn, y[: rows // 2])
    truth = y[rows // 2:]
    said = stacking.predict_proba(ask)
    return {
        "count": count, "rows": rows, "target": y.tolist(), "members": [m.ravel().tolist() for m in members],
        "soft": {"shares": soft.predict_proba(x).ravel().tolist(), "accuracy": accuracy_score(y, soft.predict(x)), "log_loss": log_loss(y, soft.predict_proba(x))},
        "hard": {"said": hard.predict(x).tolist(), "accuracy": accuracy_score(y, hard.predict(x))},
        "stacking": {"shares": said.ravel().tolist(), "accuracy": accuracy_score(truth, stacking.predict(ask)), "log_loss": log_loss(truth, said)},
    }


def numbers(rows, seed):
    random = numpy.random.default_rng(seed)
    y = random.normal(50, 20, rows)
    members = [y + random.normal(2, 6, rows), 0.8 * y + random.normal(0, 4, rows), y + random.normal(-3, 9, rows)]
    x = numpy.arange(rows).reshape(-1, 1)
    named = [(f"m{k}", SaysNumber(given).fit(x, y)) for k, given in enumerate(members)]
    half = rows // 2
    voting = VotingRegressor(named).fit(x, y)
    stacking = StackingRegressor(named, LinearRegression(), cv="prefit").fit(x[:half], y[:half])
    said = stacking.predict(x[half:])
    return {
        "rows": rows, "target": y.tolist(), "members": [m.tolist() for m in members],
        "average": {"said": voting.predict(x).tolist(), "mae": mean_absolute_error(y, voting.predict(x)), "rmse": root_mean_squared_error(y, voting.predict(x))},
        "stacking": {"said": said.tolist(), "mae": mean_absolute_error(y[half:], said), "rmse": root_mean_squared_error(y[half:], said)},
        "correlation": float(numpy.corrcoef(members[0] - y, members[1] - y)[0, 1]),
    }


golden = {"classes": [classes(2, 80, 1), classes(4, 120, 2)], "numbers": numbers(90, 3)}
(HERE / "ensembles.json").write_text(json.dumps(golden) + "\n")
