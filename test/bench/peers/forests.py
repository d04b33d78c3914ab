"""isotree's twins of our forests, fitted and scored on one labelled parquet table.

python forests.py '{"file": FILE, "seeds": [1], "twins": {NAME: OPTIONS}}' prints per twin ROC AUC and average
precision per seed.
"""

import json
import sys
import warnings

import numpy as np
import pyarrow.parquet as pq
from isotree import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score

warnings.simplefilter("ignore")
options = json.loads(sys.argv[1])
table = pq.read_table(options["file"])
label = table["label"].to_numpy()
names = [name for name in table.column_names if name != "label"]
x = np.ascontiguousarray(np.column_stack([table[name].to_numpy() for name in names]), dtype=float)
results = {}
for name, twin in options["twins"].items():
    roc, precision = [], []
    for seed in options["seeds"]:
        forest = IsolationForest(random_seed=seed, nthreads=1, missing_action="fail", **twin).fit(x)
        scores = forest.predict(x)
        roc.append(roc_auc_score(label, scores))
        precision.append(average_precision_score(label, scores))
    results[name] = {"rocAuc": roc, "averagePrecision": precision}
print(json.dumps(results))
