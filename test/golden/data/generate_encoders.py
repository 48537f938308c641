"""Golden values of encoders, neighbours and truncated SVD, made by scikit-learn; run from the repository's root:

    python test/golden/data/generate_encoders.py

Writes encoders.json beside itself. A missing value is null.
"""
import datetime
import json
import pathlib
import warnings

import numpy
import sklearn
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import KNNImputer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.preprocessing import FunctionTransformer, OrdinalEncoder, TargetEncoder

HERE = pathlib.Path(__file__).parent
ORIGIN = {"script": "test/golden/data/generate_encoders.py", "scikit-learn": sklearn.__version__, "numpy": numpy.__version__}
NAN = float("nan")


def as_list(values):
    return [None if value != value else float(value) for value in values]


def columns(matrix):
    return [as_list(column) for column in numpy.asarray(matrix).T]


def neighbours():
    random = numpy.random.default_rng(3)
    for name, rate, options in [
        ("uniform", 0.15, {}),
        ("distance", 0.2, {"n_neighbors": 3, "weights": "distance"}),
        ("sparse", 0.6, {"n_neighbors": 4}),
        ("more_than_there_are", 0.1, {"n_neighbors": 200}),
    ]:
        fit = random.normal(size=(50, 4)) @ random.normal(size=(4, 4))
        fit[random.random(fit.shape) < rate] = NAN
        other = random.normal(size=(15, 4))
        other[random.random(other.shape) < rate] = NAN
        other[0] = NAN
        other[1] = numpy.where(numpy.isnan(fit[7]), 0.5, fit[7])
        other[1, 2] = NAN
        imputer = KNNImputer(**options).fit(fit)
        yield {
            "name": name,
            "neighbours": options.get("n_neighbors", 5),
            "weights": options.get("weights", "uniform"),
            "fit": columns(fit),
            "other": columns(other),
            "fitted": columns(imputer.transform(fit)),
            "transformed": columns(imputer.transform(other)),
        }


def targets():
    random = numpy.random.default_rng(8)
    words = numpy.array(["red", "green", "blue", "rare", "Ünder"])
    fit = words[random.choice(5, 83, p=[0.4, 0.3, 0.2, 0.02, 0.08])]
    other = ["blue", "never seen", "rare", "red", "green", "Ünder"]
    kinds = {
        "continuous": random.normal(10, 3, 83) + (fit == "red") * 5,
        "binary": ((random.random(83) + (fit == "blue") * 0.4) > 0.7).astype(int),
        "multiclass": random.choice(["x", "y", "z"], 83, p=[0.5, 0.3, 0.2]),
        "constant": numpy.full(83, 2.5),
    }
    for kind, y in kinds.items():
        for smooth in ("auto", 0.0, 7.5):
            for folds in (5, 3):
                cv = KFold(folds) if kind in ("continuous", "constant") else StratifiedKFold(folds)
                target_type = "continuous" if kind == "constant" else kind
                encoder = TargetEncoder(smooth=smooth, cv=cv, target_type=target_type)
                fitted = encoder.fit_transform(fit.reshape(-1, 1), y)
                encoder = TargetEncoder(smooth=smooth, cv=cv, target_type=target_type).fit(fit.reshape(-1, 1), y)
                yield {
                    "name": f"{kind}, smooth {smooth}, {folds} folds",
                    "smooth": None if smooth == "auto" else smooth,
                    "folds": folds,
                    "fit": fit.tolist(),
                    "target": [value if isinstance(value, str) else float(value) for value in y.tolist()],
                    "classes": None if target_type == "continuous" else sorted(set(y.tolist())),
                    "other": other,
                    "fitted": columns(fitted),
                    "transformed": columns(encoder.transform(numpy.array(other).reshape(-1, 1))),
                }


def hashing():
    names = ["", "a", "ab", "abc", "abcd", "hello, world", "中文", "ünder", "😀 smile", "x" * 41] + [f"id-{i}" for i in range(40)]
    return {
        "names": names,
        "cases": [
            {"width": width, "places": hashed.argmax(axis=1).tolist(), "signs": signed}
            for width in (1, 7, 16, 1000)
            for matrix in [FeatureHasher(width, input_type="string").transform([[name] for name in names]).toarray()]
            for hashed, signed in [(abs(matrix), matrix.sum(axis=1).tolist())]
        ],
    }


def cycles():
    epoch = datetime.datetime(1970, 1, 1)
    dates = [datetime.datetime(*parts) for parts in [(2024, 1, 1), (2024, 12, 31, 23, 59), (2023, 2, 28, 6), (2024, 2, 29, 18, 30), (1969, 7, 20, 20, 17), (2100, 3, 1)]]
    starts = {
        "year": (lambda d: datetime.datetime(d.year, 1, 1), lambda d: datetime.datetime(d.year + 1, 1, 1)),
        "month": (lambda d: datetime.datetime(d.year, d.month, 1), lambda d: datetime.datetime(d.year + d.month // 12, d.month % 12 + 1, 1)),
        "week": (lambda d: datetime.datetime(d.year, d.month, d.day) - datetime.timedelta(days=d.weekday()), None),
        "day": (lambda d: datetime.datetime(d.year, d.month, d.day), None),
    }
    spans = {"week": datetime.timedelta(days=7), "day": datetime.timedelta(days=1)}

    def waves(numbers, period):
        angle = numpy.array(numbers, dtype=float).reshape(-1, 1) / period * 2 * numpy.pi
        return [as_list(FunctionTransformer(wave).transform(angle)[:, 0]) for wave in (numpy.sin, numpy.cos)]

    parts = {}
    for part, (start, end) in starts.items():
        shares = [(d - start(d)) / ((end(d) - start(d)) if end else spans[part]) for d in dates]
        parts[part] = waves(shares, 1)
    hours = [0, 3, 12.5, 23, 24, -1]
    return {"milliseconds": [(d - epoch) / datetime.timedelta(milliseconds=1) for d in dates], "parts": parts, "hours": hours, "hour_waves": waves(hours, 24)}


def variances():
    random = numpy.random.default_rng(4)
    data = numpy.column_stack([numpy.full(30, 0.1), random.normal(0, 0.1, 30), random.normal(0, 3, 30), numpy.where(random.random(30) < 0.4, NAN, 5.0), (numpy.arange(30) == 3) * 1.0])
    return {
        "columns": columns(data),
        "kept": {str(threshold): VarianceThreshold(threshold).fit(data).get_support().tolist() for threshold in (0.0, 0.02, 1.0)},
    }


def components():
    random = numpy.random.default_rng(6)
    words = [f"w{i}" for i in range(60)]
    weights = 1 / numpy.arange(1, 61)
    texts = [" ".join(random.choice(words, random.integers(3, 25), p=weights / weights.sum())) for _ in range(80)]
    for name, matrix, count in [
        ("bag", CountVectorizer().fit_transform(texts).toarray().astype(float), 8),
        ("dense", numpy.float32(random.normal(size=(40, 12)) @ random.normal(size=(12, 12)) + 2).astype(float), 5),
        ("low_rank", numpy.float32(random.integers(0, 5, (30, 2)) @ random.integers(0, 5, (2, 9))).astype(float), 2),
    ]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            svd = TruncatedSVD(count, algorithm="arpack").fit(matrix)
        signs = numpy.sign(svd.components_[range(count), numpy.abs(svd.components_).argmax(axis=1)])
        yield {"name": name, "count": count, "rows": matrix.tolist(), "transformed": (svd.transform(matrix) * signs).tolist()}


def indices():
    fit = ["b", "10", "a", "9", "b", None]
    other = ["a", "new", "10", None, "b", "9"]
    present = numpy.array([value for value in fit if value is not None], dtype=object).reshape(-1, 1)
    encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(present)
    coded = encoder.transform(numpy.array([value or "never" for value in other], dtype=object).reshape(-1, 1))
    return {"fit": fit, "other": other, "indices": (coded[:, 0] + 1).astype(int).tolist()}


content = {
    "origin": ORIGIN,
    "neighbours": list(neighbours()),
    "targets": list(targets()),
    "hashing": hashing(),
    "cycles": cycles(),
    "variances": variances(),
    "components": list(components()),
    "indices": indices(),
}
(HERE / "encoders.json").write_text(json.dumps(content, ensure_ascii=True, indent=None, separators=(",", ":")) + "\n")
