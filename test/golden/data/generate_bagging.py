"""Golden values for bagging: scikit-learn's bookkeeping of what each member drew and of the out-of-bag answers; run from the repository's root:

    python test/golden/data/generate_bagging.py

Writes bagging.json beside itself: what each member drew, what it says of all rows, and the answers out of the bag (null: nobody's).
"""
import json
import pathlib

import numpy
from sklearn.ensemble import BaggingClassifier, BaggingRegressor
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

HERE = pathlib.Path(__file__).parent


def plain(values):
    return [None if numpy.isnan(value) else float(value) for value in numpy.ravel(values)]


def data(rows, seed):
    random = numpy.random.default_rng(seed)
    return random, random.normal(0, 1, (rows, 3))


def classes(count, rows, seed, vote):
    random, x = data(rows, seed)
    y = (numpy.digitize(x[:, 0] + random.normal(0, 0.7, rows), numpy.linspace(-1, 1, count - 1)) if count > 2
         else (x[:, 0] + random.normal(0, 0.7, rows) > 0).astype(int))
    # A base without probabilities makes scikit-learn count votes.
    base = SVC() if vote else DecisionTreeClassifier(max_depth=2, random_state=0)
    bags = BaggingClassifier(base, n_estimators=5, oob_score=True, random_state=seed).fit(x, y)
    def shares(member):
        if vote:
            return numpy.eye(count)[member.predict(x).astype(int)]
        return member.predict_proba(x)
    return {
        "count": count, "rows": rows, "rule": "vote" if vote else "average", "target": y.tolist(),
        "drawn": [sorted(own.tolist()) for own in bags.estimators_samples_],
        "members": [plain(shares(member)) for member in bags.estimators_],
        "shares": plain(bags.oob_decision_function_),
    }


def numbers(rows, seed):
    random, x = data(rows, seed)
    y = 3 * x[:, 0] - x[:, 1] + random.normal(0, 0.5, rows)
    bags = BaggingRegressor(DecisionTreeRegressor(max_depth=3, random_state=0), n_estimators=7, oob_score=True, random_state=seed).fit(x, y)
    seen = numpy.array([sum(row not in own for own in bags.estimators_samples_) for row in range(rows)])
    said = numpy.where(seen > 0, bags.oob_prediction_, numpy.nan)
    return {
        "rows": rows, "target": y.tolist(), "drawn": [sorted(own.tolist()) for own in bags.estimators_samples_],
        "members": [plain(member.predict(x)) for member in bags.estimators_], "said": plain(said),
    }


golden = {
    "classes": [classes(3, 60, 1, False), classes(2, 50, 2, False), classes(3, 60, 3, True)],
    "numbers": numbers(60, 4),
}
(HERE / "bagging.json").write_text(json.dumps(golden) + "\n")
