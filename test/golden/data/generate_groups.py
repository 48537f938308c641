"""Golden values for groups of runs: folds by scikit-learn, tests of differences by scipy; run from the repository's root:

    python test/golden/data/generate_groups.py

Writes groups.json beside itself. Folds: the sizes and the counts of each class, and by time the rows themselves.
"""
import json
import pathlib

import numpy
import scipy
import scipy.stats
import sklearn
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit

HERE = pathlib.Path(__file__).parent


def folds():
    random = numpy.random.default_rng(3)
    cases = []
    for rows, k in [(10, 5), (13, 4), (150, 7), (1460, 5)]:
        classes = random.choice(4, rows, p=[0.5, 0.3, 0.15, 0.05])
        groups = random.integers(0, max(k, rows // 6), rows)
        x = numpy.zeros((rows, 1))
        stratified = StratifiedKFold(k, shuffle=True, random_state=0).split(x, classes) if rows > 13 else []
        cases.append({
            "rows": rows,
            "folds": k,
            "classes": classes.tolist(),
            "groups": groups.tolist(),
            "random_sizes": [len(held) for _, held in KFold(k, shuffle=True, random_state=0).split(x)],
            "stratified_counts": [numpy.bincount(classes[held], minlength=4).tolist() for _, held in stratified],
            "grouped_sizes": sorted(len(held) for _, held in GroupKFold(k).split(x, groups=groups)) if len(set(groups)) >= k else [],
            "time": [[train.tolist(), held.tolist()] for train, held in TimeSeriesSplit(k).split(x)] if rows < 20 else [],
        })
    return cases


def tests():
    random = numpy.random.default_rng(11)
    cases = []
    for n, m, shift in [(5, 5, 0.0), (5, 5, 0.4), (10, 7, 0.1), (3, 2, 1.0), (30, 30, 0.01)]:
        a = random.normal(0.8, 0.1, n)
        b = random.normal(0.8 + shift, 0.25, m)
        case = {"first": a.tolist(), "second": b.tolist()}
        welch = scipy.stats.ttest_ind(a, b, equal_var=False)
        case["welch"] = [float(welch.statistic), float(welch.df), float(welch.pvalue)]
        low, high = scipy.stats.t.interval(0.95, n - 1, loc=a.mean(), scale=scipy.stats.sem(a))
        case["summary"] = [float(a.mean()), float(a.std(ddof=1)), float((high - low) / 2)]
        if n == m:
            paired = scipy.stats.ttest_rel(a, b)
            case["paired"] = [float(paired.statistic), n - 1, float(paired.pvalue)]
            d = a - b
            # Nadeau and Bengio (2003) for n folds: each holds out 1 / (n - 1) of what it trains on.
            t = d.mean() / numpy.sqrt(d.var(ddof=1) * (1 / n + 1 / (n - 1)))
            case["corrected"] = [float(t), n - 1, float(2 * scipy.stats.t.sf(abs(t), n - 1))]
        cases.append(case)
    return cases


origin = {"script": "test/golden/data/generate_groups.py", "scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__}
(HERE / "groups.json").write_text(json.dumps({"origin": origin, "folds": folds(), "tests": tests()}) + "\n")
