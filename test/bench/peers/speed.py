"""Peers of the isolation forest's speed: coniferest, scikit-learn and isotree, 100 trees × 256 rows unless said otherwise.

python speed.py '{"values": FILE, "rows": N, "columns": N, "trees": N, "threads": N, "peers": [..], "warmUpRows": N,
"batches": [..], "singleRows": N}' prints per peer milliseconds of fit and score, processor milliseconds of score (with one
thread they must agree), milliseconds per call for each batch size, and microseconds per call with one row.
FILE holds float32, row by row: what all three take without a copy.
"""

import json
import sys
import time

import numpy as np

o = json.loads(sys.argv[1])
x = np.fromfile(o["values"], dtype=np.float32).reshape(o["rows"], o["columns"])


def make(name):
    if name == "coniferest":
        from coniferest.isoforest import IsolationForest

        forest = IsolationForest(n_trees=o["trees"], n_subsamples=256, n_jobs=o["threads"], random_seed=1)
        return forest.fit, forest.score_samples
    if name == "scikit-learn":
        from joblib import parallel_config
        from sklearn.ensemble import IsolationForest

        forest = IsolationForest(n_estimators=o["trees"], max_samples=256, random_state=1, n_jobs=o["threads"])

        def score(rows):
            with parallel_config(backend="threading", n_jobs=o["threads"]):
                return forest.score_samples(rows)

        return forest.fit, score
    from isotree import IsolationForest

    forest = IsolationForest(
        ntrees=o["trees"], sample_size=256, ndim=1, nthreads=o["threads"], random_seed=1, missing_action="fail"
    )
    return forest.fit, forest.predict


def timed(work, *args):
    wall, cpu = time.perf_counter(), time.process_time()
    work(*args)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def measure(name):
    fit, score = make(name)
    fit_ms, _ = timed(fit, x)
    score(x[: o["warmUpRows"]])
    score_ms, cpu_ms = timed(score, x)
    batches = {}
    for size in o["batches"]:
        calls = max(1, min(200, min(200_000, len(x)) // size))
        batches[size] = float(np.median([timed(score, x[k * size : (k + 1) * size])[0] for k in range(calls)]))
    single = [timed(score, x[k : k + 1])[0] * 1000 for k in range(o["singleRows"])]
    quantiles = np.quantile(single, [0.5, 0.99, 0.999]).tolist() if single else None
    return {"fitMs": fit_ms, "scoreMs": score_ms, "scoreCpuMs": cpu_ms, "batchMs": batches, "singleMicros": quantiles}


print(json.dumps({name: measure(name) for name in o["peers"]}))
