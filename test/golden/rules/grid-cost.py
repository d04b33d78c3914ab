"""What grids of thresholds cost: python test/golden/rules/grid-cost.py DIR (Parquet tables with a column "label").

For every numeric feature (the first 20 of a table, at most 20,000 rows of it) and both directions: the threshold of
greatest F1 among 60 quantiles of the upper half, where that F1 is at least 0.2; then the better of its two neighbours on
the grid. Printed is the loss of F1. With Python 3.11, numpy 2.0.2, pandas 2.3.3 on 22 ADBench tables (303 thresholds):

two digits: mean 0.0017, p50 0, p90 0.0084, p99 0.0517
one digit:  mean 0.0196, p50 0, p90 0.0604, p99 0.4388
1, 2, 5:    mean 0.0280, p50 0, p90 0.1308, p99 0.4394
"""
import glob
import math
import os
import sys

import numpy as np
import pandas as pd

STEPS = {"two digits": [x / 10 for x in range(10, 101)], "one digit": list(range(1, 11)), "1, 2, 5": [1, 2, 5, 10]}


def neighbour(value, steps, up):
    if value == 0:
        return 0.0
    sign, size = np.sign(value), abs(value)
    power = math.floor(math.log10(size) + 1e-12)
    mantissa = size / 10**power
    towards_zero = (not up) if sign > 0 else up
    if towards_zero:
        step = max([x for x in steps if x <= mantissa + 1e-9] or [1])
    else:
        step = min([x for x in steps if x >= mantissa - 1e-9] or [10])
    return float("%.12g" % (sign * step * 10**power))


def f1(labels, fired):
    total = labels.sum() + fired.sum()
    return 2 * (labels & fired).sum() / total if total else 0


losses = {name: [] for name in STEPS}
for file in sorted(glob.glob(os.path.join(sys.argv[1], "*.parquet"))):
    table = pd.read_parquet(file)
    labels = table["label"].to_numpy().astype(bool)
    values = table.drop(columns=["label"]).select_dtypes("number").to_numpy()
    if len(labels) > 20000:
        rows = np.random.default_rng(0).choice(len(labels), 20000, replace=False)
        values, labels = values[rows], labels[rows]
    for j in range(min(values.shape[1], 20)):
        x = values[:, j].astype(float)
        for sign in (1, -1):
            cuts = np.unique(np.quantile(x * sign, np.linspace(0.5, 0.999, 60)))
            best, cut = max((f1(labels, x * sign >= cut), cut) for cut in cuts)
            if best < 0.2:
                continue
            for name, steps in STEPS.items():
                near = [neighbour(cut * sign, steps, up) for up in (True, False)]
                losses[name].append(best - max(f1(labels, x >= t if sign > 0 else x <= t) for t in near))
for name, each in losses.items():
    each = np.array(each)
    quantiles = ", ".join(f"p{round(100 * q)} {np.quantile(each, q):.4f}" for q in (0.5, 0.9, 0.99))
    print(f"{name}: n {len(each)}, mean {each.mean():.4f}, {quantiles}")
