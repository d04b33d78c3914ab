"""Golden vectors for the isolation forest; writes isolation-forest.json beside itself.

Made with Python 3, scikit-learn 1.9.0, NumPy and SciPy (versions are written into the file):
    python test/golden/isolation-forest.py
"""
import json
import pathlib
import platform

import numpy as np
import scipy
import sklearn
from scipy.special import digamma
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(20240607)

sizes = [1, 2, 3, 4, 5, 8, 16, 33, 64, 100, 255, 256, 257, 1000, 4096, 5000, 100000]
path_length = {
    "n": sizes,
    # 2 H(n - 1) - 2 (n - 1) / n with H(m) = digamma(m + 1) + gamma
    "exact": [0.0 if n == 1 else float(2 * (digamma(n) + np.euler_gamma) - 2 * (n - 1) / n) for n in sizes],
    "sklearn": [float(v) for v in _average_path_length(np.array(sizes))],
}

X = rng.normal(size=(60, 4)).astype(np.float32)
X[:, 1] = np.exp(2 * X[:, 1])
X[:, 3] = np.round(X[:, 3])
forest = IsolationForest(n_estimators=9, max_samples=48, random_state=5).fit(X)
trees = []
for tree, columns in zip(forest.estimators_, forest.estimators_features_):
    assert list(columns) == list(range(X.shape[1]))
    t = tree.tree_
    trees.append({
        "feature": t.feature.tolist(),
        "threshold": t.threshold.tolist(),
        "left": t.children_left.tolist(),
        "right": t.children_right.tolist(),
        "rows": t.n_node_samples.tolist(),
    })
probe = np.vstack([X[:20], rng.normal(size=(20, 4)) * 3]).astype(np.float32)
given = {
    "columns": 4, "sampleSize": 48, "trees": trees,
    "c": {str(n): float(_average_path_length(np.array([n]))[0]) for n in range(1, 49)},
    "values": [float(v) for v in probe.ravel()],
    "scores": [float(-s) for s in forest.score_samples(probe)],
}

centres = rng.normal(scale=4, size=(3, 5))
inliers = centres[rng.integers(0, 3, 475)] + rng.normal(size=(475, 5))
outliers = centres[rng.integers(0, 3, 25)] + 2.2 * rng.normal(size=(25, 5))
blobs = np.round(np.vstack([inliers, outliers]), 4).astype(np.float32)
label = np.r_[np.zeros(475, int), np.ones(25, int)]
score = -IsolationForest(n_estimators=2000, max_samples=256, random_state=1).fit(blobs).score_samples(blobs)
agreement = {
    "columns": 5,
    "values": [round(float(v), 4) for v in blobs.ravel()],
    "label": label.tolist(),
    "scores": [round(float(s), 6) for s in score],
    "rocAuc": float(roc_auc_score(label, score)),
}

out = {
    "versions": {"python": platform.python_version(), "scikit-learn": sklearn.__version__,
                 "numpy": np.__version__, "scipy": scipy.__version__},
    "pathLength": path_length, "given": given, "agreement": agreement,
}
path = pathlib.Path(__file__).with_name("isolation-forest.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
