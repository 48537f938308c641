"""Golden values of further steps of preparation, made by scikit-learn; run from the repository's root:

    python test/golden/data/generate_further.py

Writes further-steps.json beside itself. A missing number is null.
"""
import json
import pathlib
import warnings

import numpy
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import KBinsDiscretizer, PowerTransformer, RobustScaler

HERE = pathlib.Path(__file__).parent
ORIGIN = {"script": "test/golden/data/generate_further.py", "scikit-learn": sklearn.__version__, "numpy": numpy.__version__}


def as_list(values):
    return [None if value != value else float(value) for value in values]


def column(values):
    return numpy.array(values, dtype=float).reshape(-1, 1)


def numeric():
    random = numpy.random.default_rng(11)
    nan = float("nan")
    cases = {
        "normal": random.normal(3, 20, 40),
        "skewed": random.exponential(5, 60),
        "negative": -random.gamma(2, 3, 50),
        "with_missing": numpy.where(random.random(40) < 0.3, nan, random.lognormal(1, 1, 40)),
        "constant": numpy.full(12, 0.1),
        "ties": numpy.array([3, 1, 3, 1, 2, 2, 2, 9], dtype=float),
    }
    other = random.normal(0, 30, 8)
    for name, values in cases.items():
        case = {"name": name, "values": as_list(values), "other": as_list(other)}
        for key, step in {"robust": RobustScaler(), "yeo_johnson": PowerTransformer()}.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                step.fit(column(values))
                case[key] = {"fitted": as_list(step.transform(column(values))[:, 0]), "other": as_list(step.transform(column(other))[:, 0])}
        present = values[~numpy.isnan(values)]
        low, high = numpy.quantile(present, 0.05), numpy.quantile(present, 0.9)
        case["clip_outliers"] = as_list(numpy.clip(other, low, high))
        if name not in ("constant", "with_missing"):
            for strategy in ("quantile", "uniform"):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    binned = KBinsDiscretizer(4, encode="ordinal", strategy=strategy, **({"quantile_method": "linear"} if strategy == "quantile" else {})).fit(column(values))
                case["bins_" + strategy] = {"fitted": binned.transform(column(values))[:, 0].tolist(), "other": binned.transform(column(other))[:, 0].tolist()}
        yield case


def components():
    random = numpy.random.default_rng(5)
    mixing = random.normal(size=(4, 4))
    data = random.normal(size=(30, 4)) @ mixing + [1, -2, 3, 0]
    other = random.normal(size=(5, 4))
    pca = PCA(3).fit(data)
    # The sign of a component is a convention: ours makes its largest part positive.
    signs = numpy.sign(pca.components_[range(3), numpy.abs(pca.components_).argmax(axis=1)])
    return {
        "columns": data.T.tolist(),
        "other": other.T.tolist(),
        "fitted": (pca.transform(data) * signs).T.tolist(),
        "transformed": (pca.transform(other) * signs).T.tolist(),
        "explained": pca.explained_variance_ratio_.tolist(),
    }


def texts():
    fit = ["The cat sat on the mat", "the dog ate the cat's food!", "Éclair & café, 2 éclairs", "a b c", "deep 中文 learning deep"]
    other = ["cat cat dog", "nothing known here", "café 中文"]
    for name, options in {"plain": {}, "runs": {"ngram_range": (1, 2)}, "two_texts": {"min_df": 2}}.items():
        counts = CountVectorizer(**options).fit(fit)
        weights = TfidfVectorizer(**options).fit(fit)
        yield {
            "name": name,
            "fit": fit,
            "other": other,
            "words": counts.get_feature_names_out().tolist(),
            "counts": counts.transform(other).toarray().tolist(),
            "tf_idf": weights.transform(fit).toarray().tolist(),
            "tf_idf_other": weights.transform(other).toarray().tolist(),
        }


content = {"origin": ORIGIN, "numeric": list(numeric()), "components": components(), "texts": list(texts())}
(HERE / "further-steps.json").write_text(json.dumps(content, ensure_ascii=True, indent=1) + "\n")
