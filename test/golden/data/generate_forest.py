"""Golden values of the baselines random forest and seasonal naive; run from the repository's root:

    python test/golden/data/generate_forest.py

Writes forest.json beside itself. The rows of each tree are drawn as core/data/random.ts draws them (xoshiro128**, its words filled by
splitmix64), so with one feature every tree is scikit-learn's on the same rows. With several, which features are tried at a split is
drawn in the order in which nodes are split, which is nobody else's: there the values are the mean and the spread of scikit-learn's
forests over seeds.
"""
import json
import pathlib

import numpy
import sklearn
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

HERE = pathlib.Path(__file__).parent
ORIGIN = {"script": "test/golden/data/generate_forest.py", "scikit-learn": sklearn.__version__, "numpy": numpy.__version__}
TREES = 100
STREAM = 0xF07E
FORESTS = 20
SEASONS = [1, 7, 12, 24, 28, 30, 52, 365]
LOW, WHOLE = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF


def mix64(value):
    z = value
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WHOLE
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WHOLE
    return z ^ (z >> 31)


def rotate(value, by):
    return ((value << by) | (value >> (32 - by))) & LOW


class Xoshiro:
    """xoshiro128** 1.1 of Blackman and Vigna."""

    def __init__(self, seed, stream):
        state = (mix64(seed & WHOLE) + stream * 0xD1342543DE82EF95) & WHOLE
        words = []
        for _ in range(2):
            state = (state + 0x9E3779B97F4A7C15) & WHOLE
            mixed = mix64(state)
            words += [mixed & LOW, mixed >> 32]
        self.s = words

    def bits(self):
        s = self.s
        result = (rotate((s[1] * 5) & LOW, 7) * 9) & LOW
        t = (s[1] << 9) & LOW
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 11)
        return result

    def below(self, n):
        while True:
            drawn = self.bits()
            if drawn < 2**32 - 2**32 % n:
                return drawn % n


def listed(matrix):
    return [[float(value) for value in row] for row in numpy.atleast_2d(matrix)]


def single(name, seed, inputs, targets, given, classes):
    random = Xoshiro(seed, STREAM)
    total = 0
    for _ in range(TREES):
        rows = [random.below(len(targets)) for _ in range(len(targets))]
        if classes:
            tree = DecisionTreeClassifier().fit(inputs[rows], targets[rows])
            predicted = numpy.zeros((len(given), classes))
            predicted[:, tree.classes_] = tree.predict_proba(given)
        else:
            predicted = DecisionTreeRegressor().fit(inputs[rows], targets[rows]).predict(given).reshape(-1, 1)
        total = total + predicted
    return {"name": name, "seed": seed, "count": classes or 1, "inputs": listed(inputs), "targets": [float(v) for v in targets],
            "given": listed(given), "predicted": listed(total / TREES)}


def spread(name, inputs, targets, given, classes):
    width = inputs.shape[1]
    drawn = max(1, int(numpy.sqrt(width) if classes else width / 3))
    found = []
    for seed in range(FORESTS):
        kind = RandomForestClassifier if classes else RandomForestRegressor
        forest = kind(n_estimators=TREES, max_features=drawn, random_state=seed).fit(inputs, targets)
        found.append(forest.predict_proba(given) if classes else forest.predict(given).reshape(-1, 1))
    found = numpy.array(found)
    return {"name": name, "count": classes or 1, "inputs": listed(inputs), "targets": [float(v) for v in targets], "given": listed(given),
            "mean": listed(found.mean(axis=0)), "deviation": listed(found.std(axis=0, ddof=1))}


def seasonal(name, series, target, length, horizon, rows):
    """Windows as core/data/windows.ts lays them out: the steps of a window one after the other, the columns of a step side by side."""
    columns = series.shape[1]
    starts = range(len(series) - length - horizon + 1)
    windows = numpy.array([series[start : start + length].reshape(-1) for start in starts])
    answers = numpy.array([series[start + length + horizon - 1, target] for start in starts])
    best = None
    for back in [season for season in SEASONS if horizon <= season <= length + horizon - 1] or [horizon]:
        # What stood `back` steps before the step that is asked for.
        said = numpy.array([series[start + length + horizon - 1 - back, target] for start in starts])
        error = float(((answers[:rows] - said[:rows]) ** 2).sum())
        if best is None or error < best[1]:
            best = (back, error, said)
    return {"name": name, "window": {"length": length, "horizon": horizon, "columns": columns, "target": target}, "back": best[0],
            "inputs": listed(windows[:rows]), "targets": [float(v) for v in answers[:rows]], "given": listed(windows[rows:]),
            "predicted": [[float(v)] for v in best[2][rows:]]}


def main():
    random = numpy.random.default_rng(17)
    one = random.normal(size=(60, 1)).astype("float32").astype(float)
    one_given = random.normal(size=(30, 1)).astype("float32").astype(float)
    numbers = numpy.sin(2 * one[:, 0]) + random.normal(scale=0.2, size=60)
    three = numpy.digitize(numbers, numpy.quantile(numbers, [0.3, 0.7]))
    many = random.normal(size=(150, 6)).astype("float32").astype(float)
    many_given = random.normal(size=(40, 6)).astype("float32").astype(float)
    sums = many @ [1.5, -2.0, 0.3, 0.0, 0.0, 0.7] + numpy.sin(3 * many[:, 3]) + random.normal(scale=0.2, size=150)
    groups = numpy.digitize(sums, numpy.quantile(sums, [0.4, 0.7]))
    steps = numpy.arange(150)
    week = 10 * numpy.sin(2 * numpy.pi * steps / 7) + random.normal(scale=0.5, size=150)
    year = 8 * numpy.cos(2 * numpy.pi * steps / 12) + random.normal(scale=0.5, size=150)
    walk = numpy.cumsum(random.normal(size=150))
    found = {
        "origin": ORIGIN,
        "single": [single("numbers of one feature", 0, one, numbers, one_given, 0), single("classes of one feature", 5, one, three, one_given, 3)],
        "spread": [spread("numbers", many, sums, many_given, 0), spread("three classes", many, groups, many_given, 3)],
        "seasonal": [
            seasonal("a week", week.reshape(-1, 1), 0, 28, 1, 80),
            seasonal("months, two columns, three steps ahead", numpy.column_stack([walk, year]), 1, 14, 3, 90),
            seasonal("a walk: the last value", walk.reshape(-1, 1), 0, 10, 1, 90),
            seasonal("further ahead than the window reaches a season", walk.reshape(-1, 1), 0, 2, 9, 90),
        ],
    }
    (HERE / "forest.json").write_text(json.dumps(found) + "\n")


main()
