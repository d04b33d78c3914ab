"""Golden vectors for core/anonymize/risk/slide-negative-binomial.ts: the model solved by scipy from sums over its definition.

p1 and p2 are summed over class sizes (negative binomial, then binomial draws), not taken from closed forms; the classes of
the population are the modified Shlosser estimator of Haas & Stokes 1998, term by term.

Run: python test/golden/snb.py > test/golden/snb.json
"""

import json
import platform
from importlib.metadata import version

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import binom, nbinom

SIZES = np.arange(1, 6000)


def shown(members, alpha, beta, fraction):
    """P(a class of the population shows that many members in the sample)."""
    return float((nbinom.pmf(SIZES - 1, alpha, beta) * binom.pmf(members, SIZES, fraction)).sum())


def shlosser(sizes, q):
    values, counts = np.unique(sizes, return_counts=True)
    pairs = list(zip(values.tolist(), counts.tolist()))
    a = sum(i * q**2 * (1 - q**2) ** (i - 1) * f for i, f in pairs)
    b = sum((1 - q) ** i * ((1 + q) ** i - 1) * f for i, f in pairs)
    c = sum((1 - q) ** i * f for i, f in pairs)
    d = sum(i * q * (1 - q) ** (i - 1) * f for i, f in pairs)
    return len(sizes) + sizes.count(1) * a / b * (c / d) ** 2


def snb(sizes, fraction):
    classes, ones, twos = shlosser(sizes, fraction), sizes.count(1), sizes.count(2)

    def excess(x):
        alpha, beta = np.exp(x[0]), 1 / (1 + np.exp(-x[1]))
        return [
            classes * shown(1, alpha, beta, fraction) / ones - 1,
            classes * shown(2, alpha, beta, fraction) / twos - 1,
        ]

    found = [
        least_squares(excess, [a, b], xtol=1e-15, ftol=1e-15, gtol=1e-15) for a in (-1.0, 0.0, 1.0) for b in (-2.0, 0.0)
    ]
    best = min(found, key=lambda r: r.cost)
    assert best.cost < 1e-20, best
    alpha, beta = np.exp(best.x[0]), 1 / (1 + np.exp(-best.x[1]))
    return {"classes": classes, "share": classes * beta**alpha / (sum(sizes) / fraction)}


def main():
    rng = np.random.default_rng(11)
    samples = []
    for classes, alpha, beta, fraction in [
        (800, 0.5, 0.1, 0.3),
        (600, 2, 0.4, 0.5),
        (900, 0.2, 0.05, 0.2),
        (300, 1, 0.2, 0.7),
        (700, 3, 0.6, 0.15),
    ]:
        population = 1 + rng.negative_binomial(alpha, beta, classes)
        drawn = rng.binomial(population, fraction)
        sizes = sorted(int(size) for size in drawn if size > 0)
        truth = float((population == 1).sum() / population.sum())
        samples.append({"sizes": sizes, "fraction": fraction, "truth": truth} | snb(sizes, fraction))
    versions = {"python": platform.python_version()} | {p: version(p) for p in ["numpy", "scipy"]}
    print(json.dumps({"versions": versions, "samples": samples}, default=float))


main()
