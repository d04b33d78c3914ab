"""Epsilon of composed mechanisms: the true one, and what Google's dp-accounting says above and below it.

Run: python test/golden/accounting-composition.py > test/golden/accounting-composition.json
Needs: dp-accounting 0.6.0, numpy 2.4, mpmath 1.4.

`true` is the exact privacy profile of the composition, from the sum of independent losses on their own lattice, in
60-digit masses and sums of positive 80-bit floats (null where the losses share no lattice, or it is too long); `above` and `below` are the pessimistic and the optimistic
estimate of dp-accounting with its default discretisation interval (it has no optimistic one for (epsilon, delta)).
"""

import json
import math
from importlib.metadata import version

import numpy as np
from dp_accounting.pld import common
from dp_accounting.pld import privacy_loss_distribution as pld
from mpmath import mp, mpf

mp.dps = 60


def laplace(scale, sensitivity):
    """Loss in units of 1 / scale, with P's mass."""
    q = mp.exp(-mpf(1) / scale)
    pmf = {sensitivity: 1 / (1 + q)}
    for x in range(1, sensitivity):
        loss = sensitivity - 2 * x
        pmf[loss] = pmf.get(loss, mpf(0)) + (1 - q) / (1 + q) * q**x
    pmf[-sensitivity] = pmf.get(-sensitivity, mpf(0)) + q**sensitivity / (1 + q)
    return pmf, mpf(1) / scale, mpf(0)


def gaussian(sigma_squared, sensitivity):
    """Loss in units of sensitivity / (2 sigma^2); beyond 14 sigma the mass is below 1e-42."""
    reach = int(14 * math.sqrt(sigma_squared)) + 2
    weight = [mp.exp(-mpf(x) ** 2 / (2 * sigma_squared)) for x in range(-reach, reach + 1)]
    total = sum(weight)
    pmf = {sensitivity - 2 * x: w / total for x, w in zip(range(-reach, reach + 1), weight)}
    return pmf, mpf(sensitivity) / (2 * mpf(sigma_squared)), mpf(0)


def response(epsilon, delta):
    e = mp.exp(mpf(epsilon))
    return {1: (1 - mpf(delta)) * e / (1 + e), -1: (1 - mpf(delta)) / (1 + e)}, mpf(epsilon), mpf(delta)


def power(pmf, times):
    """Sum of `times` independent losses, as floats with relative error below 1e-12 (positive sums only)."""
    low = min(pmf)
    step = math.gcd(*[k - low for k in pmf]) or 1
    size = (max(pmf) - low) // step + 1
    base = np.zeros(size, dtype=np.longdouble)
    for k, p in pmf.items():
        base[(k - low) // step] = np.longdouble(mp.nstr(p, 25))
    out, offset = None, 0
    square, shift, rest = base, low, times
    while rest:
        if rest & 1:
            out = square if out is None else np.convolve(out, square)
            offset += shift
        rest >>= 1
        if rest:
            square, shift = np.convolve(square, square), 2 * shift
    return out, offset, step


def true_epsilon(mechanism, times, delta):
    pmf, unit, infinite = mechanism
    if len(pmf) * times > 20_000:
        return None
    masses, low, step = power(pmf, times)
    unit = np.longdouble(mp.nstr(unit, 25))
    losses = (low + step * np.arange(len(masses), dtype=np.longdouble)) * unit
    infinity = float(1 - (1 - infinite) ** times)

    def delta_of(epsilon):
        over = losses > epsilon
        return infinity + float(np.sum(masses[over] * -np.expm1(epsilon - losses[over])))

    if delta_of(0) <= delta:
        return 0.0
    if infinity > delta:
        return None
    a, b = 0.0, float(losses[-1])
    for _ in range(60):
        m = (a + b) / 2
        a, b = (a, m) if delta_of(m) <= delta else (m, b)
    return b


def peer(kind, args, pessimistic):
    if kind == 'discrete-laplace':
        return pld.from_discrete_laplace_mechanism(1 / args[0], args[1], pessimistic_estimate=pessimistic)
    if kind == 'discrete-gaussian':
        return pld.from_discrete_gaussian_mechanism(math.sqrt(args[0]), args[1], pessimistic_estimate=pessimistic)
    parameters = common.DifferentialPrivacyParameters(*args)
    return pld.from_privacy_parameters(parameters)  # pessimistic only


TRUE = {'discrete-laplace': laplace, 'discrete-gaussian': gaussian, 'approximate': response}
DELTAS = [1e-5, 1e-6, 1e-9]
GRID = [
    ('discrete-laplace', (1, 1), (1, 2, 10, 100)),
    ('discrete-laplace', (10, 1), (1, 10, 100, 1000)),
    ('discrete-laplace', (100, 1), (10, 100, 1000)),
    ('discrete-laplace', (20, 5), (1, 10, 100)),
    ('discrete-gaussian', (2, 1), (1, 10)),
    ('discrete-gaussian', (25, 1), (1, 10, 100)),
    ('discrete-gaussian', (400, 3), (1, 10, 100)),
    ('discrete-gaussian', (10000, 1), (1, 10, 100, 1000)),
    ('approximate', (0.1, 1e-8), (1, 10, 100)),
    ('approximate', (0.01, 0), (10, 100, 1000)),
    ('approximate', (1, 1e-12), (1, 10, 100)),
]
MIXED = [
    [('discrete-laplace', (10, 1), 5), ('discrete-gaussian', (400, 3), 10), ('approximate', (0.05, 1e-8), 3)],
    [('discrete-laplace', (1, 1), 1), ('discrete-laplace', (100, 1), 200)],
    [('discrete-laplace', (7, 2), 4), ('discrete-laplace', (11, 3), 6), ('discrete-gaussian', (50, 1), 8)],
    [('discrete-gaussian', (10000, 5), 100), ('approximate', (0.3, 1e-9), 2), ('discrete-laplace', (3, 1), 2)],
]

cases = []
for kind, args, counts in GRID:
    above, below, true = peer(kind, args, True), peer(kind, args, False), TRUE[kind](*args)
    for count in counts:
        big, small = above.self_compose(count), below.self_compose(count)
        for delta in DELTAS:
            exact = true_epsilon(true, count, delta)
            cases.append(
                {
                    'events': [{'kind': kind, 'parameters': args, 'count': count}],
                    'delta': delta,
                    'true': exact,
                    'above': big.get_epsilon_for_delta(delta),
                    'below': None if kind == 'approximate' else small.get_epsilon_for_delta(delta),
                }
            )
for parts in MIXED:
    big = small = None
    has_both = all(kind != 'approximate' for kind, _, _ in parts)
    for kind, args, count in parts:
        a, b = (peer(kind, args, p).self_compose(count) for p in (True, False))
        big = a if big is None else big.compose(a)
        if has_both:
            small = b if small is None else small.compose(b)
    for delta in DELTAS:
        cases.append(
            {
                'events': [{'kind': k, 'parameters': a, 'count': c} for k, a, c in parts],
                'delta': delta,
                'true': None,
                'above': big.get_epsilon_for_delta(delta),
                'below': small.get_epsilon_for_delta(delta) if has_both else None,
            }
        )
for case in cases:
    for key in ('true', 'above', 'below'):
        if case[key] is not None and math.isinf(case[key]):
            case[key] = None
made_with = {name: version(name) for name in ('dp-accounting', 'numpy', 'mpmath')}
print(json.dumps({'made_with': made_with, 'cases': cases}, indent=1))
