"""Golden vectors for core/anonymize/risk: pycanon 1.3.6 (k, distinct l, t), pandas, scipy (populations), and definitions in numpy.

Run: python test/golden/risk.py > test/golden/risk.json
"""

import json
import platform
from importlib.metadata import version
from itertools import combinations

import numpy as np
import pandas as pd
from pycanon import anonymity
from scipy.optimize import minimize
from scipy.special import gammaln
from scipy.stats import hypergeom, nbinom


def entropy_l(data, quasi, sensitive):
    """Least exp(entropy) over the classes. pycanon cuts it to a whole number."""
    least = np.inf
    for _, group in data.groupby(quasi):
        p = group[sensitive].value_counts(normalize=True).to_numpy()
        least = min(least, np.exp(-(p * np.log(p)).sum()))
    return least


def separation(data, columns):
    sizes = data.groupby(columns).size().to_numpy()
    n = len(data)
    return {
        "columns": columns,
        "distinct": len(sizes) / n,
        "separation": 1 - (sizes * (sizes - 1)).sum() / (n * (n - 1)),
    }


def zayatz(sizes, fraction):
    """P(F = 1 | f = 1) by Bayes with hypergeometric draws."""
    n, population = sum(sizes), round(sum(sizes) / fraction)
    values, counts = np.unique(sizes, return_counts=True)
    weights = counts * [hypergeom.pmf(1, population, j, n) for j in values]
    return sizes.count(1) * weights[values.tolist().index(1)] / weights.sum() / n


def pitman(sizes, fraction):
    sizes = np.array(sizes)
    n, u = sizes.sum(), len(sizes)

    def negative(x):
        theta, alpha = np.exp(x[0]), 1 / (1 + np.exp(-x[1]))
        i = np.arange(1, u)
        value = np.log(theta + i * alpha).sum() - np.log(theta + np.arange(1, n)).sum()
        value += sum(np.log(np.arange(1, f) - alpha).sum() for f in sizes)
        return -value

    best = min(
        (minimize(negative, [t, a], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 10000})
         for t in (0.0, 3.0) for a in (-2.0, 0.0, 2.0)),
        key=lambda r: r.fun,
    )
    theta, alpha = np.exp(best.x[0]), 1 / (1 + np.exp(-best.x[1]))
    return float(np.exp(gammaln(theta + 1) - gammaln(theta + alpha)) * (n / fraction) ** alpha / (n / fraction))


def match(size, fraction):
    """E[1 / F] with F − f negative binomial."""
    extra = np.arange(0, int(60 / fraction * (size + 10)))
    return float((nbinom.pmf(extra, size, fraction) / (size + extra)).sum())


def main():
    rng = np.random.default_rng(7)
    tables = []
    for n, widths in [(60, [3, 2, 2]), (200, [4, 3, 5]), (400, [12, 7, 3])]:
        data = pd.DataFrame({f"q{i}": rng.integers(0, w, n) ** 2 // w for i, w in enumerate(widths)})
        data["word"] = [f"w{x}" for x in rng.integers(0, 6, n) * rng.integers(0, 2, n)]
        data["number"] = rng.integers(0, 9, n) + data["q0"]
        quasi = [f"q{i}" for i in range(len(widths))]
        sizes = data.groupby(quasi).size().tolist()
        tables.append({
            "quasi": [data[q].tolist() for q in quasi],
            "word": data["word"].tolist(),
            "number": data["number"].tolist(),
            "k": int(anonymity.k_anonymity(data, quasi)),
            "distinct": {s: int(anonymity.l_diversity(data, quasi, [s])) for s in ["word", "number"]},
            "entropy": {s: float(entropy_l(data, quasi, s)) for s in ["word", "number"]},
            "t": {s: float(anonymity.t_closeness(data, quasi, [s])) for s in ["word", "number"]},
            "subsets": [separation(data, list(c)) for r in range(1, len(quasi) + 1) for c in combinations(quasi, r)],
            "classes": len(sizes),
        })
    samples = []
    for alpha, n, fraction in [(0.6, 500, 0.05), (0.4, 800, 0.02), (0.75, 400, 0.1), (0.5, 300, 0.4)]:
        sizes, theta = [], 20.0
        for i in range(n):
            if rng.random() < (theta + alpha * len(sizes)) / (theta + i):
                sizes.append(1)
            else:
                p = (np.array(sizes) - alpha) / (i - alpha * len(sizes))
                sizes[rng.choice(len(sizes), p=p)] += 1
        samples.append({"sizes": sizes, "fraction": fraction, "zayatz": zayatz(sizes, fraction), "pitman": pitman(sizes, fraction)})
    matches = [{"size": s, "fraction": f, "risk": match(s, f)} for s in (1, 2, 3, 7, 40) for f in (0.01, 0.2, 0.5, 0.9)]
    versions = {"python": platform.python_version()} | {p: version(p) for p in ["numpy", "pandas", "scipy", "pycanon"]}
    print(json.dumps({"versions": versions, "tables": tables, "samples": samples, "matches": matches}, default=float))


main()
