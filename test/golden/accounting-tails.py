"""Tails, interval widths, thresholds and conversions of discrete noise, in 60-digit arithmetic and by OpenDP.

Run: python test/golden/accounting-tails.py > test/golden/accounting-tails.json
Needs: mpmath 1.4, opendp 0.16.0.
"""

import json
import math
from importlib.metadata import version

import opendp.prelude as dp
from mpmath import floor, mp, mpf

mp.dps = 60
dp.enable_features('contrib')


def weights(kind, parameter, reach):
    if kind == 'discrete-laplace':
        return [mp.exp(-mpf(x) / parameter) for x in range(reach + 1)]
    return [mp.exp(-mpf(x) ** 2 / (2 * mpf(parameter))) for x in range(reach + 1)]


def tails(kind, parameter, reach):
    """P(X >= t) for t in 0 .. reach, by summing masses."""
    w = weights(kind, parameter, reach)
    total = w[0] + 2 * sum(w[1:])
    out, sum_ = [mpf(0)] * (reach + 2), mpf(0)
    for t in range(reach, -1, -1):
        sum_ += w[t] / total
        out[t] = sum_
    return out


NOISES = [
    ('discrete-laplace', 1, 400),
    ('discrete-laplace', 10, 3000),
    ('discrete-gaussian', 1, 60),
    ('discrete-gaussian', 25, 250),
    ('discrete-gaussian', 400, 900),
    ('discrete-gaussian', 1_000_000, 30_000),
]
ALPHAS = [0.5, 0.05, 0.01, 1e-6]
noises = []
for kind, parameter, reach in NOISES:
    tail = tails(kind, parameter, reach)
    deviation = parameter if kind == 'discrete-laplace' else math.sqrt(parameter)
    at = sorted({max(1, round(deviation * m)) for m in (0.2, 1, 2, 3, 5, 8, 15)})
    accuracy = dp.discrete_laplacian_scale_to_accuracy if kind == 'discrete-laplace' else dp.discrete_gaussian_scale_to_accuracy
    noises.append(
        {
            'kind': kind,
            'parameter': parameter,
            'tails': [{'t': t, 'p': float(tail[t])} for t in at],
            'widths': [
                {
                    'alpha': a,
                    'width': next(w for w in range(reach) if 2 * tail[w + 1] <= mpf(repr(a))),
                    'opendp_accuracy': accuracy(float(deviation), a) if parameter <= 400 else None,
                }
                for a in ALPHAS
            ],
            'thresholds': [
                {
                    'delta': d,
                    'groups': m,
                    'contribution': c,
                    'threshold': next(
                        t for t in range(c + 1, reach) if 1 - (1 - tail[t - c]) ** m <= mpf(repr(d))
                    ),
                }
                for d in (0.01, 1e-6, 1e-9)
                for m in (1, 4)
                for c in (1, 3)
            ],
        }
    )

profiles = []
for s2, shift in [(1, 1), (25, 1), (25, 3), (400, 7)]:
    tail = tails('discrete-gaussian', s2, 900 if s2 == 400 else 300)
    at = lambda t: tail[t] if t >= 0 else 1 - tail[1 - t]
    for epsilon in (0.1, 0.5, 1, 2):
        near = int(floor(mpf(epsilon) * s2 / shift - mpf(shift) / 2)) + 1
        delta = at(near) - mp.exp(mpf(epsilon)) * at(near + shift)
        profiles.append({'sigmaSquared': s2, 'sensitivity': shift, 'epsilon': epsilon, 'delta': float(delta)})

space = dp.atom_domain(T=int), dp.absolute_distance(T=float)
conversions = []
for sigma in (1.0, 5.0, 20.0):
    rho = 1 / (2 * sigma**2)
    curve = dp.c.make_zCDP_to_approxDP(dp.m.make_gaussian(*space, sigma)).map(1.0)
    for delta in (1e-5, 1e-9):
        conversions.append({'rho': rho, 'delta': delta, 'epsilon': curve.epsilon(delta)})

made_with = {name: version(name) for name in ('mpmath', 'opendp')}
print(json.dumps({'made_with': made_with, 'noises': noises, 'profiles': profiles, 'conversions': conversions}, indent=1))
