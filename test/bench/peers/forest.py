"""The peer of our detectors: scikit-learn's IsolationForest (100 × 256) on our own feature table.

python forest.py '{"input": FILE}' with a file of {"values", "rows", "labels", "kinds", "seeds"} prints metrics per seed.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score

options = json.loads(Path(json.loads(sys.argv[1])["input"]).read_text())
x = np.fromfile(options["values"]).reshape(-1, options["rows"]).T
x = np.where(np.isfinite(x), x, np.nan)
x = np.where(np.isnan(x), np.nanmedian(x, axis=0), x)
labels = np.array(options["labels"])
kinds = np.array(options.get("kinds") or [""] * len(labels))


def measure(scores, keep):
    y, s = labels[keep], scores[keep]
    top = np.argsort(-s, kind="stable")[: int(y.sum())]
    return {
        "rocAuc": roc_auc_score(y, s),
        "averagePrecision": average_precision_score(y, s),
        "precision": float(y[top].mean()),
    }


results = []
for seed in options["seeds"]:
    scores = -IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(x).score_samples(x)
    everyone = np.ones(len(labels), bool)
    names = sorted(set(kinds[labels == 1]) - {""})
    each = {kind: measure(scores, (labels == 0) | ((kinds == kind) & (labels == 1))) for kind in names}
    results.append({"all": measure(scores, everyone), "kinds": each})
print(json.dumps(results))
