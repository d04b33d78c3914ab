"""Golden vectors for the forest variants; writes forests.json beside itself.

Made with Python 3, isotree, scikit-learn and NumPy (versions are written into the file):
    python test/golden/forests.py
isotree's scores of 2,000 trees on 500 rows of three stretched blobs and noise, one set of scores per variant.
"""
import importlib.metadata
import json
import pathlib
import platform

import numpy as np
from isotree import IsolationForest
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(20260905)
mix = rng.normal(size=(5, 5))
centres = rng.normal(scale=5, size=(3, 5))
inliers = centres[rng.integers(0, 3, 470)] + rng.normal(size=(470, 5)) @ mix * 0.5
outliers = centres[rng.integers(0, 3, 30)] + rng.normal(size=(30, 5)) @ mix * 1.2
table = np.round(np.vstack([inliers, outliers]), 4).astype(np.float32)
label = np.r_[np.zeros(470, int), np.ones(30, int)]

common = dict(ntrees=2000, missing_action="fail", nthreads=1, random_seed=1)
variants = {
    "standard": dict(ndim=1, sample_size=256, max_depth=8),
    "extended": dict(ndim=2, sample_size=256, max_depth=8, coefs="normal"),
    "sci": dict(ndim=2, sample_size=256, max_depth=16, coefs="normal", ntry=10, prob_pick_avg_gain=1, penalize_range=False),
    "fairCut": dict(ndim=2, sample_size=500, max_depth=None, coefs="normal", ntry=1, prob_pick_pooled_gain=1),
    "pooledGain": dict(ndim=1, sample_size=256, max_depth=8, prob_pick_pooled_gain=0.75),
    "density": dict(ndim=1, sample_size=256, max_depth=8, scoring_metric="density"),
    "guidedDensity": dict(ndim=2, sample_size=256, max_depth=8, coefs="normal", prob_pick_pooled_gain=0.75,
                          scoring_metric="density"),
}
scores = {}
for name, options in variants.items():
    forest = IsolationForest(**common, **options).fit(table.astype(float))
    score = forest.predict(table.astype(float))
    scores[name] = {
        "scores": [round(float(s), 6) for s in score],
        "rocAuc": float(roc_auc_score(label, score)),
    }

out = {
    "versions": {"python": platform.python_version(), "isotree": importlib.metadata.version("isotree"),
                 "scikit-learn": importlib.metadata.version("scikit-learn"), "numpy": np.__version__},
    "columns": 5,
    "values": [round(float(v), 4) for v in table.ravel()],
    "label": label.tolist(),
    "variants": scores,
}
path = pathlib.Path(__file__).with_name("forests.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
for name, given in scores.items():
    print(name, round(given["rocAuc"], 4))
