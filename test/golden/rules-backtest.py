"""Intervals of shares, of F1 and of ratios of shares, from statsmodels.

    pip install statsmodels==0.15.0 scipy==1.15.3
    python test/golden/rules-backtest.py > test/golden/rules-backtest.json
"""

import json
import warnings

import scipy
import statsmodels
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

warnings.simplefilter("error")

shares = []
for hits, trials in [(0, 1), (1, 1), (0, 40), (40, 40), (1, 3), (7, 10), (50, 1000), (999, 1000), (123456, 1000000)]:
    low, high = proportion_confint(hits, trials, alpha=0.05, method="wilson")
    shares.append({"hits": hits, "trials": trials, "low": max(0.0, low), "high": min(1.0, high)})

ratios = []
for a, n, b, m in [(5, 50, 10, 200), (0, 30, 4, 100), (3, 30, 0, 100), (0, 10, 0, 12), (10, 10, 90, 100), (400, 9000, 1200, 60000)]:
    for alpha in [0.05, 0.05 / 6]:
        low, high = confint_proportions_2indep(a, n, b, m, compare="ratio", method="log-adjusted", alpha=alpha)
        ratios.append({"a": a, "n": n, "b": b, "m": m, "alpha": alpha, "low": low, "high": high})

print(json.dumps({
    "versions": {"statsmodels": statsmodels.__version__, "scipy": scipy.__version__},
    "shares": shares,
    "ratios": ratios,
}, indent=1))
