"""Peers of detection: scores of labelled tables, labels unseen, by the tools users know.

python detect.py '{"file": FILE, "seeds": [..], "methods": [..]}' with a parquet file of numeric columns and `label` 0/1
prints per method {"rocAuc": [..], "averagePrecision": [..], "ms": median per fit and score}; one entry per seed, one in
all for methods that draw nothing. Constant columns are left out; PyOD's and scikit-learn's distances get standardised
columns, as their examples do; a method that fails says so under "failed". A method gets no further seed on a table once
it has taken a minute there: the means are then over fewer seeds.
"""

import importlib
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score

warnings.filterwarnings("ignore")
o = json.loads(sys.argv[1])
table = pd.read_parquet(o["file"])
label = table.pop("label").to_numpy().astype(int)
x = table.to_numpy(dtype=float)
x = x[:, x.max(axis=0) > x.min(axis=0)]
z = (x - x.mean(axis=0)) / x.std(axis=0)
THREADS = 2
MOST_MS = 60_000


def scikit(seed):
    return -IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(x).score_samples(x)


def isotree(seed, **more):
    import isotree

    settings = {"ntrees": 100, "ndim": 1, "sample_size": min(256, len(x)), "missing_action": "fail"}
    model = isotree.IsolationForest(**settings | more, random_seed=seed, nthreads=THREADS)
    return model.fit(x).predict(x)


def isotree_pooled(seed):
    return isotree(seed, prob_pick_pooled_gain=0.75)


def isotree_density(seed):
    return isotree(seed, scoring_metric="density")


def coniferest(seed):
    from coniferest.isoforest import IsolationForest as Forest

    forest = Forest(n_trees=100, n_subsamples=min(256, len(x)), n_jobs=THREADS, random_seed=seed)
    rows = np.ascontiguousarray(x, dtype=np.float32)
    return -forest.fit(rows).score_samples(rows)


def pyod(name, seed=None):
    kind = getattr(importlib.import_module(f"pyod.models.{name.lower()}"), name)
    return kind(**({} if seed is None else {"random_state": seed})).fit(z).decision_scores_


def autoencoder(seed):
    """scikit-learn's MLPRegressor that learns to give its input back: PyOD's wants a deep-learning library."""
    from sklearn.neural_network import MLPRegressor

    width = x.shape[1]
    outer = max(2, width // 2)
    hidden = (outer, max(1, width // 4), outer)
    net = MLPRegressor(hidden_layer_sizes=hidden, early_stopping=True, max_iter=200, random_state=seed)
    return ((net.fit(z, z).predict(z).reshape(z.shape) - z) ** 2).mean(axis=1)


def tail_rank_sum(seed):
    """-log(1 - rank) of a mixed forest at half weight, a robust covariance distance and the mean distance to 50 rows."""
    from scipy.stats import rankdata
    from sklearn.covariance import MinCovDet
    from sklearn.neighbors import NearestNeighbors

    def tail(scores):
        return -np.log(1 - (rankdata(scores) - 0.5) / len(scores))

    kinds = [{}, {"prob_pick_pooled_gain": 0.75}, {"ndim": 2}, {"ndim": 2, "prob_pick_pooled_gain": 1, "ntry": 1}]
    forests = np.mean([isotree(seed, **kind) for kind in kinds], axis=0)
    rng = np.random.default_rng(seed)
    some = np.arange(len(z)) if len(z) <= 5000 else rng.choice(len(z), 5000, replace=False)
    robust = MinCovDet(random_state=seed).fit(z[some]).mahalanobis(z)
    k = min(50, len(some) - 1)
    distance, index = NearestNeighbors(n_neighbors=k + 1).fit(z[some]).kneighbors(z)
    # A reference row is not its own neighbour; for any other row the last of the k + 1 is one too many.
    own = some[index] == np.arange(len(z))[:, None]
    own[~own.any(axis=1), -1] = True
    near = np.where(own, 0, distance).sum(axis=1) / k
    return 0.5 * tail(forests) + tail(robust) + tail(near)


METHODS = {
    "scikit-learn IsolationForest": (scikit, True),
    "isotree pooled gain .75": (isotree_pooled, True),
    "isotree density": (isotree_density, True),
    "coniferest": (coniferest, True),
    "PyOD ECOD": (lambda _: pyod("ECOD"), False),
    "PyOD COPOD": (lambda _: pyod("COPOD"), False),
    "PyOD HBOS": (lambda _: pyod("HBOS"), False),
    "PyOD KNN": (lambda _: pyod("KNN"), False),
    "PyOD MCD": (lambda seed: pyod("MCD", seed), True),
    "MLPRegressor autoencoder": (autoencoder, True),
    "tail-rank sum": (tail_rank_sum, True),
}

MODULES = {
    "isotree pooled gain .75": ["isotree"],
    "isotree density": ["isotree"],
    "coniferest": ["coniferest.isoforest"],
    "PyOD ECOD": ["pyod.models.ecod"],
    "PyOD COPOD": ["pyod.models.copod"],
    "PyOD HBOS": ["pyod.models.hbos"],
    "PyOD KNN": ["pyod.models.knn"],
    "PyOD MCD": ["pyod.models.mcd"],
    "MLPRegressor autoencoder": ["sklearn.neural_network"],
    "tail-rank sum": ["isotree", "sklearn.covariance", "sklearn.neighbors", "scipy.stats"],
}


def measure(name):
    work, seeded = METHODS[name]
    try:
        # Loading a library is not its speed.
        for module in MODULES.get(name, []):
            importlib.import_module(module)
    except ImportError as error:
        return {"failed": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
    roc, precision, times = [], [], []
    # Twice where nothing is drawn: the first call of some compiles its loops.
    for seed in o["seeds"] if seeded else o["seeds"][:1] * 2:
        if seeded and sum(times) > MOST_MS:
            break
        started = time.perf_counter()
        try:
            scores = np.nan_to_num(np.asarray(work(seed), dtype=float), nan=0.0, posinf=1e300, neginf=-1e300)
        except (ValueError, np.linalg.LinAlgError, RuntimeError) as error:
            return {"failed": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
        times.append((time.perf_counter() - started) * 1000)
        roc.append(float(roc_auc_score(label, scores)))
        precision.append(float(average_precision_score(label, scores)))
    if not seeded:
        roc, precision, times = roc[1:], precision[1:], times[1:]
    return {"rocAuc": roc, "averagePrecision": precision, "ms": float(np.median(times))}


print(json.dumps({name: measure(name) for name in o["methods"] or METHODS}))
