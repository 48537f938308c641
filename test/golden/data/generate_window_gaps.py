"""Golden values of filled gaps in time series, made by pandas; run from the repository's root:

    python test/golden/data/generate_window_gaps.py

Writes window_gaps.json beside itself. A missing value is null. Every window is made of what was known when it ended: the
series is cut there before pandas fills it. Means are those of the training rows.
"""
import json
import pathlib

import numpy
import pandas

HERE = pathlib.Path(__file__).parent
ORIGIN = {"script": "test/golden/data/generate_window_gaps.py", "pandas": pandas.__version__, "numpy": numpy.__version__}
LENGTH, HORIZON, SEASON, CONSTANT, HELD = 5, 2, 7, 3.25, 0.25


def seasonal(series):
    while True:
        filled = series.fillna(series.shift(SEASON))
        if filled.equals(series):
            return series.ffill()
        series = filled


FILLS = {
    "previous": lambda part, mean: part.ffill(),
    "linear": lambda part, mean: part.interpolate(method="linear"),
    "seasonal": lambda part, mean: seasonal(part),
    "mean": lambda part, mean: part.fillna(mean),
    "constant": lambda part, mean: part.fillna(CONSTANT),
}


def windows(times, values, rows, frequency):
    """For each method: the rows that have a window, and what comes in."""
    known = pandas.DataFrame(values, index=times)
    grid = known.asfreq(frequency)
    training = known.iloc[: rows - round(HELD * rows)]
    places = grid.index.get_indexer(times)
    for method, fill in FILLS.items():
        kept, inputs = [], []
        for row, place in enumerate(places):
            start = place - LENGTH - HORIZON + 1
            if start < 0 or numpy.isnan(known["y"].iloc[row]):
                continue
            end = start + LENGTH
            columns = [fill(grid[name].iloc[:end], training[name].mean()).iloc[start:end] for name in grid]
            if any(column.isna().any() for column in columns):
                continue
            kept.append(row)
            inputs.append([float(value) for step in zip(*columns) for value in step])
        yield {"method": method, "rows": kept, "windows": inputs}


def case(name, seed, frequency, periods, gone, missing):
    random = numpy.random.default_rng(seed)
    full = pandas.date_range("2021-03-01", periods=periods, freq=frequency)
    stays = numpy.ones(periods, dtype=bool)
    stays[gone] = False
    times = full[stays]
    rows = len(times)
    values = {column: random.normal(size=rows).round(3) for column in ("y", "z")}
    for column, where in missing.items():
        values[column][where] = numpy.nan
    return {
        "name": name,
        "rows": rows,
        "length": LENGTH,
        "horizon": HORIZON,
        "season": SEASON,
        "constant": CONSTANT,
        "held": HELD,
        "added": int(periods - rows),
        "missing": int(sum(numpy.isnan(column).sum() for column in values.values())),
        "times": [int(time.timestamp() * 1000) for time in times],
        "columns": {name: [None if numpy.isnan(v) else float(v) for v in column] for name, column in values.items()},
        "fills": list(windows(times, values, rows, frequency)),
    }


cases = [
    case("days", 1, "D", 48, [4, 5, 6, 17, 30, 35, 36, 41], {"y": [0, 9, 10, 33], "z": [0, 1, 2, 20, 21, 38]}),
    case("months", 2, "MS", 60, [8, 20, 21, 22, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51], {"y": [], "z": [12]}),
    case("quarters", 3, "QS", 40, [11, 12, 30], {"y": [7], "z": [8, 25, 26]}),
    case("no gaps", 4, "h", 30, [], {"y": [6, 7, 20], "z": []}),
]
(HERE / "window_gaps.json").write_text(json.dumps({"origin": ORIGIN, "cases": cases}) + "\n")
