"""Golden vectors for the Shapley values of an isolation forest; writes tree-shap.json beside itself.

Made with Python 3, shap 0.51.0, scikit-learn 1.9.0 and NumPy (versions are written into the file):
    python test/golden/tree-shap.py

shap's TreeExplainer, path-dependent, explains the mean path length over trees (depth + c(rows in the leaf)).
"""
import json
import pathlib
import platform

import numpy as np
import shap
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length

rng = np.random.default_rng(20261121)
X = rng.normal(size=(80, 5)).astype(np.float32)
X[:, 1] = np.exp(2 * X[:, 1])
X[:, 3] = np.round(X[:, 3])
X[:, 4] = X[:, 0] + 0.1 * X[:, 4]
forest = IsolationForest(n_estimators=12, max_samples=64, random_state=3).fit(X)
probe = np.vstack([X[:8], rng.normal(size=(8, 5)) * 3]).astype(np.float32)
values = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent").shap_values(probe)

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

out = {
    "versions": {"python": platform.python_version(), "shap": shap.__version__,
                 "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "columns": 5, "sampleSize": 64, "trees": trees,
    "c": {str(n): float(_average_path_length(np.array([n]))[0]) for n in range(1, 65)},
    "values": [float(v) for v in probe.ravel()],
    "shap": [float(v) for v in np.asarray(values).ravel()],
}
path = pathlib.Path(__file__).with_name("tree-shap.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
