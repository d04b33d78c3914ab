"""Golden vectors for core/evaluate: scikit-learn 1.9.0, numpy; DeLong's variance by its definition, pair by pair.

Run: python test/golden/evaluate.py > test/golden/evaluate.json
"""

import json
import sys

import numpy as np
import sklearn
from sklearn.metrics import average_precision_score, roc_auc_score


def delong_variance(scores, labels):
    """DeLong, DeLong & Clarke-Pearson 1988: covariance of the structural components, from all pairs."""
    x, y = scores[labels == 1], scores[labels == 0]
    psi = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    return psi.mean(axis=1).var(ddof=1) / len(x) + psi.mean(axis=0).var(ddof=1) / len(y)


def expected_precision(scores, labels, k, rng):
    """Precision among the first k with ties in random order: the mean over many shuffles, as a check to 2 digits."""
    total = 0.0
    for _ in range(20000):
        order = rng.permutation(len(scores))
        first = order[np.argsort(-scores[order], kind="stable")[:k]]
        total += labels[first].mean()
    return total / 20000


def case(name, scores, labels, rng):
    scores = np.asarray(scores, dtype=float)
    labels = np.asarray(labels, dtype=int)
    return {
        "name": name,
        "scores": scores.tolist(),
        "labels": labels.tolist(),
        "rocAuc": roc_auc_score(labels, scores),
        "averagePrecision": average_precision_score(labels, scores),
        "delongVariance": delong_variance(scores, labels),
        "precisionAt10": expected_precision(scores, labels, min(10, len(scores)), rng),
    }


def main():
    rng = np.random.default_rng(20)
    labels = (rng.random(300) < 0.2).astype(int)
    smooth = rng.normal(labels * 1.2, 1.0)
    cases = [
        case("no ties", smooth, labels, rng),
        case("ties of tenths", np.round(smooth, 1), labels, rng),
        case("five levels", np.floor(smooth), labels, rng),
        case("all equal", np.zeros(40), np.arange(40) % 4 == 0, rng),
        case("perfect", np.arange(30.0), np.arange(30) >= 25, rng),
        case("worst", -np.arange(30.0), np.arange(30) >= 25, rng),
        case("rare positives", rng.exponential(size=500) + 3 * (np.arange(500) < 4), np.arange(500) < 4, rng),
    ]
    versions = {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__}
    json.dump({"versions": versions, "cases": cases}, sys.stdout)
    print()


main()
