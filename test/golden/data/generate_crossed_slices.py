"""Golden values for slices by two columns: pandas groups with scikit-learn's accuracy; run from the repository's root:

    python test/golden/data/generate_crossed_slices.py

Writes crossed-slices.json beside itself.
"""
import json
import pathlib

import numpy
import pandas
from sklearn.metrics import accuracy_score

HERE = pathlib.Path(__file__).parent

random = numpy.random.default_rng(17)
rows = 300
table = pandas.DataFrame(
    {
        "place": random.choice(["north", "south", "east"], rows, p=[0.5, 0.3, 0.2]),
        "size": random.normal(0, 2, rows),
        "target": random.integers(0, 2, rows),
        "score": random.random(rows),
    }
)
table["said"] = (table["score"] > 0.5).astype(int)
table["part"], edges = pandas.qcut(table["size"], 3, labels=False, retbins=True)
groups = [
    {
        "place": place,
        "from": edges[part],
        "to": edges[part + 1],
        "rows": len(own),
        "accuracy": accuracy_score(own["target"], own["said"]),
    }
    for (place, part), own in table.groupby(["place", "part"])
]
out = {column: table[column].tolist() for column in ["place", "size", "target", "score"]} | {"groups": groups}
(HERE / "crossed-slices.json").write_text(json.dumps(out) + "\n")
