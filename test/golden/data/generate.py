"""Golden values of the steps of preparation, made by scikit-learn; run from the repository's root:

    python test/golden/data/generate.py

Writes steps.json beside itself, and hotel.json (figures only, no rows) where ../shared/data has the hotel table.
A missing number is null, a missing word too. Numbers are written so that reading them gives the same bits.
"""
import datetime
import json
import pathlib
import warnings

import numpy
import pandas
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, MultiLabelBinarizer, OneHotEncoder, OrdinalEncoder, StandardScaler

HERE = pathlib.Path(__file__).parent
ORIGIN = {"script": "test/golden/data/generate.py", "scikit-learn": sklearn.__version__, "numpy": numpy.__version__, "pandas": pandas.__version__}


def as_list(values):
    return [None if value is None or value != value else (value if isinstance(value, str) else float(value)) for value in values]


def column(values):
    return numpy.array(values, dtype=float).reshape(-1, 1)


def words(values):
    return numpy.array(values, dtype=object).reshape(-1, 1)


def numeric_cases():
    random = numpy.random.default_rng(7)
    nan = float("nan")
    cases = {
        "normal": random.normal(3, 20, 40),
        "with_missing": numpy.where(random.random(40) < 0.3, nan, random.exponential(5, 40)),
        "constant": numpy.full(12, 0.1),
        "constant_large": numpy.full(30, 1.0e15 / 3),
        "far_from_zero": 1e6 + random.normal(0, 1e-2, 50),
        "tiny": random.normal(0, 1e-200, 10),
        "one_value": numpy.array([4.5]),
        "ties": numpy.array([3, 1, 3, 1, 2, nan, nan, nan], dtype=float),
        "even_count": numpy.array([1, 10, 2, 8], dtype=float),
    }
    other = random.normal(0, 30, 8)
    for name, values in cases.items():
        fit = column(values)
        standard = StandardScaler().fit(fit)
        min_max = MinMaxScaler().fit(fit)
        ranged = MinMaxScaler(feature_range=(-1, 3)).fit(fit)
        case = {"name": name, "values": as_list(values), "other": as_list(other)}
        for key, step in {"standardise": standard, "min_max": min_max, "min_max_ranged": ranged}.items():
            case[key] = {"fitted": as_list(step.transform(fit)[:, 0]), "other": as_list(step.transform(column(other))[:, 0])}
            case[key]["back"] = as_list(step.inverse_transform(column(other))[:, 0])
        for strategy in ("mean", "median", "most_frequent", "constant"):
            imputer = SimpleImputer(strategy=strategy, **({"fill_value": -7.5} if strategy == "constant" else {})).fit(fit)
            case["impute_" + strategy] = as_list(imputer.transform(fit)[:, 0])
        yield case


def word_cases():
    cases = {
        "plain": (["b", "a", "c", "a", "b", "b"], ["a", "unknown", "c"]),
        "numbers_as_words": (["10", "9", "1", "2", "10"], ["9", "11"]),
        "code_points": (["é", "z", "Z", "中", "\U0001f600", "\uffee", "a", ""], ["\U0001f600", "\uffee", "中"]),
    }
    for name, (fit, other) in cases.items():
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(words(fit))
        ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(words(fit))
        yield {
            "name": name,
            "fit": fit,
            "other": other,
            "categories": list(encoder.categories_[0]),
            "one_hot": encoder.transform(words(fit)).tolist(),
            "one_hot_other": encoder.transform(words(other)).tolist(),
            "ordinal": ordinal.transform(words(fit))[:, 0].tolist(),
            "ordinal_other": ordinal.transform(words(other))[:, 0].tolist(),
        }


def list_cases():
    cases = {
        "bars": ("|", ["red|blue", "blue", "green|red|blue", None, "red"], ["blue|violet", "green", None, "violet"]),
        "blanks_and_gaps": (";", ["b ; a", "a;;c", ";", " c;b;a "], ["a ; ; b", "c"]),
        "twice_and_code_points": (",", ["é,z,é", "中,a", "\U0001f600,\uffee"], ["中,中", "z"]),
        "one_part_each": (",", ["x", "y", "x"], ["y,x"]),
    }
    for name, (separator, fit, other) in cases.items():
        lists = lambda cells: [[part.strip() for part in (cell or "").split(separator) if part.strip() != ""] for cell in cells]
        binarizer = MultiLabelBinarizer().fit(lists(fit))
        with warnings.catch_warnings():
            # Parts that were not fitted are left out with a warning.
            warnings.simplefilter("ignore")
            other_rows = binarizer.transform(lists(other)).tolist()
        yield {"name": name, "separator": separator, "fit": fit, "other": other, "parts": list(binarizer.classes_), "rows": binarizer.transform(lists(fit)).tolist(), "other_rows": other_rows}


def imputed_words():
    for values in (["b", None, "a", "b", None], ["b", "a", None, "a", "b"]):
        for strategy in ("most_frequent", "constant"):
            imputer = SimpleImputer(strategy=strategy, missing_values=None, **({"fill_value": "missing"} if strategy == "constant" else {}))
            yield {"strategy": strategy, "values": values, "expected": imputer.fit_transform(words(values))[:, 0].tolist()}


def dates():
    moments = [datetime.datetime(*parts, tzinfo=datetime.timezone.utc) for parts in ((1969, 12, 31, 23), (1970, 1, 1), (2000, 2, 29, 5), (2015, 7, 1, 12), (2024, 12, 31, 0), (1900, 1, 1), (2100, 3, 1))]
    for moment in moments:
        yield {"ms": moment.timestamp() * 1000, "year": moment.year, "month": moment.month, "day": moment.day, "weekday": moment.weekday(), "hour": moment.hour}


def log1p_values():
    values = numpy.array([0, 1e-12, 0.5, 1, 755000, 1e12, -0.5])
    return {"values": values.tolist(), "log1p": numpy.log1p(values).tolist(), "expm1": numpy.expm1(values[[0, 1, 2, 3, 6]]).tolist()}


NUMERIC = ["lead_time", "arrival_date_week_number", "arrival_date_day_of_month", "stays_in_weekend_nights", "stays_in_week_nights", "adults", "children", "babies", "is_repeated_guest", "previous_cancellations", "previous_bookings_not_canceled", "required_car_parking_spaces", "total_of_special_requests", "adr"]
WORDS = ["hotel", "arrival_date_month", "meal", "market_segment", "distribution_channel", "reserved_room_type", "deposit_type", "customer_type"]


def hotel(path):
    table = pandas.read_csv(path)
    numbers = SimpleImputer(strategy="constant", fill_value=0).fit_transform(table[NUMERIC].to_numpy(dtype=float))
    scaler = StandardScaler().fit(numbers)
    filled = SimpleImputer(strategy="constant", fill_value="NA", missing_values=numpy.nan).fit_transform(table[WORDS].astype(object))
    encoder = OneHotEncoder(handle_unknown="ignore").fit(filled)
    ones = numpy.asarray(encoder.transform(filled).sum(axis=0))[0]
    names = [f"{name}={category}" for name, categories in zip(WORDS, encoder.categories_) for category in categories]
    return {"numeric": NUMERIC, "words": WORDS, "mean": scaler.mean_.tolist(), "scale": scaler.scale_.tolist(), "one_hot_names": names, "one_hot_counts": ones.tolist(), "rows": len(table), "positive": int(table["is_canceled"].sum())}


def write(name, content):
    (HERE / name).write_text(json.dumps({"origin": ORIGIN, **content}, ensure_ascii=True, indent=1) + "\n")


write("steps.json", {"numeric": list(numeric_cases()), "words": list(word_cases()), "lists": list(list_cases()), "imputed_words": list(imputed_words()), "dates": list(dates()), "log1p": log1p_values()})
table = HERE.parents[3] / "shared" / "data" / "hotel" / "hotel.csv.gz"
if table.exists():
    write("hotel.json", hotel(table))
else:
    print("hotel.json is not written again: no", table.name, "in ../shared/data/hotel")
