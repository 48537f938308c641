"""Golden values of filling in by a model of the other columns, made by scikit-learn; run from the repository's root:

    python test/golden/data/generate_model_imputer.py

Writes model-imputer.json beside itself. A missing value is null.
"""
import json
import pathlib
import warnings

import numpy
import sklearn
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer

HERE = pathlib.Path(__file__).parent
ORIGIN = {"script": "test/golden/data/generate_model_imputer.py", "scikit-learn": sklearn.__version__, "numpy": numpy.__version__}


def columns(matrix):
    return [[None if value != value else float(value) for value in column] for column in numpy.asarray(matrix).T]


def main():
    warnings.simplefilter("ignore")
    cases = []
    for seed, rows, width, rate, rounds, tolerance in [(1, 80, 4, 0.15, 10, 0.001), (2, 60, 6, 0.3, 3, 0.0), (3, 12, 8, 0.1, 5, 0.001)]:
        random = numpy.random.default_rng(seed)
        hidden = random.normal(size=(rows + 20, 2))
        whole = hidden @ random.normal(size=(2, width)) * random.uniform(0.5, 30, size=width) + random.normal(scale=0.3, size=(rows + 20, width))
        whole[random.uniform(size=whole.shape) < rate] = numpy.nan
        fit, other = whole[:rows], whole[rows:]
        imputer = IterativeImputer(max_iter=rounds, tol=tolerance, random_state=0)
        fitted = imputer.fit_transform(fit)
        cases.append(
            {
                "name": f"{rows} rows of {width} columns, {rate:.0%} missing, {rounds} rounds",
                "rounds": rounds,
                "tolerance": tolerance,
                "fit": columns(fit),
                "other": columns(other),
                "fitted": columns(fitted),
                "transformed": columns(imputer.transform(other)),
            }
        )
    (HERE / "model-imputer.json").write_text(json.dumps({"origin": ORIGIN, "cases": cases}) + "\n")


main()
