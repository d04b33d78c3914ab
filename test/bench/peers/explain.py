"""The peer of our explanations: SHAP's exact TreeExplainer on scikit-learn's IsolationForest (100 × 256).

python explain.py '{"input": FILE}' with a file of {"values", "rows", "top", "ours", "most", "seed"} prints, per row of "top",
the features in the order of what TreeSHAP credits them with, the milliseconds per row it took, and how far scikit-learn's own
score falls, as a share of its height above the mean one, when the first k features of either order are made typical.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

try:
    import shap
except ImportError:
    print("null")
    sys.exit()
from sklearn.ensemble import IsolationForest

options = json.loads(Path(json.loads(sys.argv[1])["input"]).read_text())
x = np.fromfile(options["values"]).reshape(-1, options["rows"]).T
x = np.where(np.isfinite(x), x, np.nan)
typical = np.nanmedian(x, axis=0)
x = np.where(np.isnan(x), typical, x)
forest = IsolationForest(n_estimators=100, max_samples=256, random_state=options["seed"]).fit(x)
explainer = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")
top = x[options["top"]]
started = time.perf_counter()
# A path shorter than the mean is odder: the lowest values speak most against a row.
credit = -explainer.shap_values(top)
elapsed = (time.perf_counter() - started) * 1000 / len(top)
orders = np.argsort(-credit, axis=1, kind="stable")
mean = float(-forest.score_samples(x).mean())


def curve(orders):
    changed, before = top.copy(), -forest.score_samples(top)
    falls = []
    for k in range(options["most"]):
        for row, order in enumerate(orders):
            if k < len(order):
                changed[row, order[k]] = typical[order[k]]
        falls.append(float(((before + forest.score_samples(changed)) / (before - mean)).mean()))
    return falls


most = options["most"]
print(json.dumps({
    "orders": orders[:, :most].tolist(),
    "msPerRow": elapsed,
    "theirs": curve(orders[:, :most].tolist()),
    "ours": curve(options["ours"]),
}))
