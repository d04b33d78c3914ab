"""Golden vectors for core/release/audit: scipy 1.15.3 (beta quantiles, binomial tails).

Run: python test/golden/audit.py > test/golden/audit.json
"""

import json
import math
import sys

import scipy
from scipy.stats import beta, binom


def chance(canaries, made, right, epsilon, delta):
    """Steinke, Nasr & Jagielski 2023: highest probability of as many right guesses under (epsilon, delta)."""
    q = 1 / (1 + math.exp(-epsilon))
    most = max((binom.cdf(right - 1, made, q) - binom.cdf(right - 1 - i, made, q)) / i for i in range(1, right + 1))
    return min(1, binom.sf(right - 1, made, q) + 2 * canaries * delta * most)


def epsilon(canaries, made, right, delta, alpha):
    low, high = 0.0, 64.0
    if chance(canaries, made, right, 0, delta) > alpha:
        return 0.0
    for _ in range(200):
        middle = (low + high) / 2
        if chance(canaries, made, right, middle, delta) <= alpha:
            low = middle
        else:
            high = middle
    return low


rates = []
for hits, runs in [(0, 10), (1, 10), (5, 10), (10, 10), (731, 1000), (3, 5000), (36_500, 50_000)]:
    for alpha in [0.05, 0.025, 1e-6]:
        rates.append(
            {
                "hits": hits,
                "runs": runs,
                "alpha": alpha,
                "above": 0 if hits == 0 else float(beta.ppf(alpha, hits, runs - hits + 1)),
                "below": 1 if hits == runs else float(beta.isf(alpha, hits + 1, runs - hits)),
            }
        )
tails = [
    {"n": n, "k": k, "p": p, "tail": float(binom.sf(k - 1, n, p))}
    for n, k, p in [(10, 3, 0.5), (1000, 731, 0.7), (1000, 600, 0.7), (20_000, 14_900, 0.731), (50, 50, 0.9), (7, 1, 1e-9)]
]
guesses = [
    {
        "canaries": m,
        "made": r,
        "right": v,
        "delta": d,
        "alpha": a,
        "chance": float(chance(m, r, v, 1.0, d)),
        "epsilon": epsilon(m, r, v, d, a),
    }
    for m, r, v, d, a in [
        (1000, 1000, 731, 0, 0.05),
        (1000, 600, 600, 1e-5, 0.05),
        (2000, 500, 386, 1e-6, 0.0125),
        (100, 100, 50, 0, 0.05),
        (100, 100, 100, 1e-5, 0.05),
        (5000, 5000, 3655, 1e-3, 0.01),
    ]
]
json.dump({"scipy": scipy.__version__, "rates": rates, "tails": tails, "guesses": guesses}, sys.stdout, indent=1)
print()
