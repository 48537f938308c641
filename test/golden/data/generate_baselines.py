"""Golden values of baselines, made by scikit-learn; run from the repository's root:

    python test/golden/data/generate_baselines.py

Writes baselines.json beside itself. A missing value is null. Inputs are single-precision numbers, which is what trees compare.
"""
import json
import pathlib

import numpy
import sklearn
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

HERE = pathlib.Path(__file__).parent
ORIGIN = {"script": "test/golden/data/generate_baselines.py", "scikit-learn": sklearn.__version__, "numpy": numpy.__version__}


def listed(matrix):
    return [[None if value != value else float(value) for value in row] for row in numpy.atleast_2d(matrix)]


def case(name, baseline, model, inputs, targets, given, classes, weights=None, words=False):
    model.fit(inputs, targets, **({} if weights is None else {"sample_weight": weights}))
    predicted = model.predict_proba(given) if classes else model.predict(given).reshape(-1, 1)
    return {
        "name": name,
        "baseline": baseline,
        "words": words,
        "count": classes or 1,
        "inputs": listed(inputs),
        "targets": [float(value) for value in targets],
        "weights": None if weights is None else [float(value) for value in weights],
        "given": listed(given),
        "predicted": listed(predicted),
    }


def main():
    random = numpy.random.default_rng(11)
    width = 4
    inputs = random.normal(size=(120, width)).astype("float32").astype(float)
    given = random.normal(size=(40, width)).astype("float32").astype(float)
    numbers = inputs @ [1.5, -2.0, 0.3, 0.0] + numpy.sin(3 * inputs[:, 3]) + random.normal(scale=0.2, size=120)
    two = (numbers > numpy.median(numbers)).astype(int)
    three = numpy.digitize(numbers, numpy.quantile(numbers, [0.3, 0.7]))
    weights = random.uniform(0.5, 2.0, size=120)
    same = numpy.column_stack([inputs, inputs[:, 0] + inputs[:, 1]])
    same_given = numpy.column_stack([given, given[:, 0] + given[:, 1]])
    counts = random.poisson(1.2, size=(90, 12)).astype(float)
    topics = random.integers(0, 3, size=90)
    counts[numpy.arange(90), topics] += 2
    holes = inputs.copy()
    holes[random.uniform(size=holes.shape) < 0.15] = numpy.nan
    given_holes = given.copy()
    given_holes[random.uniform(size=given_holes.shape) < 0.15] = numpy.nan
    logistic = {"C": 1.0, "tol": 1e-12, "max_iter": 100000}
    tree = {"max_depth": 12, "min_samples_leaf": 5, "random_state": 0}
    cases = [
        case("numbers", "majority_or_mean", DummyRegressor(), inputs, numbers, given, 0, weights),
        case("classes", "majority_or_mean", DummyClassifier(strategy="prior"), inputs, three, given, 3),
        case("plain", "linear_regression", LinearRegression(), inputs, numbers, given, 0),
        case("with weights", "linear_regression", LinearRegression(), inputs, numbers, given, 0, weights),
        case("with a column that is the sum of two", "linear_regression", LinearRegression(), same, numbers, same_given, 0),
        case("two classes", "logistic_regression", LogisticRegression(**logistic), inputs, two, given, 2),
        case("three classes", "logistic_regression", LogisticRegression(**logistic), inputs, three, given, 3),
        case("with weights", "logistic_regression", LogisticRegression(**logistic), inputs, three, given, 3, weights),
        case("words", "naive_bayes", MultinomialNB(alpha=1.0), counts, topics, counts[:20], 3, words=True),
        case("numbers", "decision_tree", DecisionTreeRegressor(**tree), inputs, numbers, given, 0),
        case("numbers with missing values", "decision_tree", DecisionTreeRegressor(**tree), holes, numbers, given_holes, 0),
        case("classes with weights", "decision_tree", DecisionTreeClassifier(**tree), inputs, three, given, 3, weights),
        case("classes with missing values and weights", "decision_tree", DecisionTreeClassifier(**tree), holes, two, given_holes, 2, weights),
        case("numbers", "nearest_neighbours", KNeighborsRegressor(5), inputs, numbers, given, 0),
        case("classes", "nearest_neighbours", KNeighborsClassifier(5), inputs, three, given, 3),
    ]
    (HERE / "baselines.json").write_text(json.dumps({"origin": ORIGIN, "cases": cases}) + "\n")


main()
