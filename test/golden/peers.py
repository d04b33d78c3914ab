"""Golden vectors for the cheap detectors and the mathematics under them; writes peers.json beside itself.

Made with NumPy, SciPy, scikit-learn 1.9.0 and PyOD 3.6.7 (versions are written into the file):
    python test/golden/peers.py
"""
import json
import pathlib
import platform
from importlib.metadata import version

import numpy as np
from pyod.models.copod import COPOD
from pyod.models.ecod import ECOD
from scipy.special import gammainc, gammaln
from scipy.stats import chi2
from sklearn.covariance import MinCovDet
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors

rng = np.random.default_rng(20261121)


def numbers(a):
    return [float(v) for v in np.asarray(a, dtype=float).ravel()]


mix = rng.normal(size=(4, 4))
x = rng.normal(size=(200, 4)) @ mix
x[:20] += rng.normal(scale=6, size=(20, 4))
x[:, 2] = np.exp(x[:, 2] / 2) / 4
x[:, 3] = np.round(x[:, 3])
x = np.round(x, 4).astype(np.float32)
probe = np.round(rng.normal(scale=3, size=(30, 4)), 4).astype(np.float32)
wide = x.astype(float)

# 250 rows, 30 of them far off in one place: the clean majority is not in doubt
clean = np.round(rng.normal(size=(220, 3)) @ rng.normal(size=(3, 3)), 4)
foul = np.round(rng.normal(size=(30, 3)) * 0.3 + [25, -20, 18], 4)
both = np.vstack([clean, foul]).astype(np.float32)
# beyond 20 the distance counts a value by its logarithm, so the reference is handed such values
beyond = np.maximum(np.abs(both.astype(float)) / 20, 1)
drawn_in = both.astype(float) / beyond * (1 + np.log(beyond))
mcd = MinCovDet(support_fraction=0.75, random_state=3).fit(drawn_in)

lof = LocalOutlierFactor(12, novelty=True).fit(wide)
near = NearestNeighbors(n_neighbors=7).fit(wide)
distance, index = near.kneighbors(probe.astype(float))

square = np.array([[4.0, 1, 0.5, 0], [1, 3, 0.2, 0.1], [0.5, 0.2, 2, 0.3], [0, 0.1, 0.3, 1]])
values, vectors = np.linalg.eigh(square)

gamma_at = [(0.5, 0.2), (0.5, 3.0), (1.0, 1.0), (3.5, 2.0), (10.0, 30.0), (100.0, 90.0), (500.0, 510.0)]
chi_at = [(1, 0.5), (1, 0.975), (2, 0.25), (10, 0.975), (60, 0.75), (166, 0.5), (1000, 0.975)]

out = {
    "versions": {"python": platform.python_version(),
                 **{name: version(name) for name in ("numpy", "scipy", "scikit-learn", "pyod")}},
    "columns": 4,
    "values": numbers(x),
    "probe": numbers(probe),
    "ecod": numbers(ECOD().fit(wide).decision_scores_),
    "copod": numbers(COPOD().fit(wide).decision_scores_),
    # Goldstein & Dengel 2012 by numpy's histogram: PyOD adds a constant to densities, which this does not
    "hbos": numbers(sum(
        np.log(h.max() / h[np.minimum(9, ((wide[:, j] - e[0]) / (e[-1] - e[0]) * 10).astype(int))])
        for j in range(4) for h, e in [np.histogram(wide[:, j], bins=10)])),
    "lof": {"neighbours": 12, "scores": numbers(-lof.score_samples(probe.astype(float)))},
    "nearest": {"k": 7, "distance": numbers(distance), "index": [int(i) for i in index.ravel()]},
    "mcd": {"columns": 3, "values": numbers(both), "location": numbers(mcd.location_),
            "covariance": numbers(mcd.covariance_), "distance": numbers(np.sqrt(mcd.mahalanobis(drawn_in)))},
    "eigen": {"matrix": numbers(square), "values": numbers(values[::-1]),
              "vectors": numbers(np.array([v * np.sign(v[np.abs(v).argmax()]) for v in vectors.T[::-1]])),
              "inverse": numbers(np.linalg.inv(square)), "logDet": float(np.linalg.slogdet(square)[1])},
    "gamma": [[a, b, float(gammainc(a, b)), float(gammaln(a))] for a, b in gamma_at],
    "chi": [[k, p, float(chi2.ppf(p, k)), float(chi2.cdf(chi2.ppf(p, k), k + 2))] for k, p in chi_at],
}
path = pathlib.Path(__file__).with_name("peers.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
