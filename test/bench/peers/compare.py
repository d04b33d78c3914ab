"""Holds two feature tables of the same actors against each other.

python compare.py '{"folder": DIR, "rows": N, "ours": [names], "pandas": [names]}' prints, per shared feature, the
share of actors whose values differ by more than 1e-6 of the larger (or 1e-8), and the largest relative difference.
"""

import json
import sys

import numpy as np

o = json.loads(sys.argv[1])
tables = {k: dict(zip(o[k], np.fromfile(f"{o['folder']}/{k}.f64").reshape(-1, o["rows"]))) for k in ["ours", "pandas"]}
shared = [name for name in o["ours"] if name in tables["pandas"]]
worst = {}
for name in shared:
    a, b = tables["ours"][name], tables["pandas"][name]
    missing = np.isnan(a) != np.isnan(b)
    size = np.maximum(np.abs(a), np.abs(b))
    off = np.where(np.isnan(a) & np.isnan(b), 0, np.abs(a - b))
    differs = missing | (off > 1e-6 * size + 1e-8)
    if differs.any():
        worst[name] = {"share": float(differs.mean()), "missing": int(missing.sum()), "largest": float(np.nanmax(off / np.where(size > 0, size, 1)))}
print(json.dumps({"shared": shared, "differ": worst}))
