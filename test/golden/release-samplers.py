# Exact probabilities of the noise distributions, from their definitions with 50 digits, in bins of |x| that are about
# equally likely plus bins in the tail: python test/golden/release-samplers.py > test/golden/release-samplers.json
#
# `n` is a number of draws for which Pearson's chi-square over the signed bins, at a false-alarm rate of 1e-8, rejects noise
# whose scale is 3 % too small or too large with probability above 0.999 (non-central chi-square of SciPy: `power`).
# `kolmogorovPower` is a lower bound for the largest distance of the distribution functions at the same edges, against the
# limit of Dvoretzky, Kiefer and Wolfowitz with Massart's constant, at KOLMOGOROV_DRAWS draws.
import json
from fractions import Fraction

import mpmath
import scipy
from mpmath import mp, mpf
from scipy.stats import chi2, ncx2, norm

mp.dps = 50
ALARM = 1e-8
MOST = 2_000_000
KOLMOGOROV_DRAWS = 400_000


def real(x):
    return mpf(x.numerator) / x.denominator


def laplace(scale):
    """P(|x| > k) of the discrete Laplace distribution, P(x) = tanh(1 / 2b) exp(-|x| / b)."""
    b = real(scale)
    return lambda k: mpf(1) if k < 0 else 2 * mp.exp(-(k + 1) / b) / (1 + mp.exp(-1 / b))


def geometric(scale):
    """P(y > k) for P(y) proportional to exp(-y / b), y >= 0."""
    b = real(scale)
    return lambda k: mpf(1) if k < 0 else mp.exp(-(k + 1) / b)


def truncated(scale, bound):
    """P(|x| > k) of discrete Laplace noise that stays within the bound."""
    beyond = laplace(scale)
    inside = 1 - beyond(bound)
    return lambda k: mpf(0) if k >= bound else (beyond(k) - beyond(bound)) / inside


def gaussian(sigma_squared):
    """P(|x| > k) of the discrete Gaussian distribution, P(x) proportional to exp(-x^2 / (2 sigma^2)), by summing it."""
    s = real(sigma_squared)
    last = int(mp.ceil(mp.sqrt(s) * 16)) + 3
    weights = [(1 if x == 0 else 2) * mp.exp(-mpf(x) ** 2 / (2 * s)) for x in range(last + 1)]
    beyond, tails = mpf(0), []
    for weight in reversed(weights):
        tails.append(beyond)
        beyond += weight
    tails = [tail / beyond for tail in reversed(tails)]
    return lambda k: mpf(1) if k < 0 else tails[k] if k < len(tails) else mpf(0)


def smallest(beyond, p):
    """Smallest k with P(|x| > k) <= p."""
    low, high = -1, 1
    while beyond(high) > p:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if beyond(middle) > p else (low, middle)
    return high


def edges_of(beyond, n):
    """Upper ends of bins of |x|; what lies beyond the last is a bin too. Every bin expects 40 draws or more."""
    shares = [i / 16 for i in range(15, 0, -1)] + [1 / 32, 1 / 128, 1 / 512, 1 / 2048]
    edges, below = [0], mpf(1)
    if (beyond(-1) - beyond(0)) * n < 40:
        edges = []
    for share in shares:
        edge = smallest(beyond, share)
        start = beyond(edges[-1]) if edges else mpf(1)
        if (not edges or edge > edges[-1]) and (start - beyond(edge)) * n >= 40 and beyond(edge) * n >= 40:
            edges.append(edge)
    return edges


def shares_of(beyond, edges):
    tails = [beyond(-1), *[beyond(edge) for edge in edges], mpf(0)]
    return [above - below for above, below in zip(tails, tails[1:])]


def signed(shares, two_sided, first_is_zero):
    if not two_sided:
        return shares
    return [part for at, share in enumerate(shares) for part in ([share] if at == 0 and first_is_zero else [share / 2] * 2)]


def kolmogorov_power(exact, other, edges):
    """At the edge that shows most: the empirical share is about normal, and must differ by the limit."""
    n = KOLMOGOROV_DRAWS
    limit = float(mp.sqrt(mp.log(2 / mpf(ALARM)) / (2 * n)))
    shares = [(float(exact(edge)), float(other(edge))) for edge in edges]
    return max(float(norm.cdf((abs(p - q) - limit) / (q * (1 - q) / n) ** 0.5)) for p, q in shares)


def case(kind, make, parameter, two_sided=True, bound=None, squared=False):
    more = [] if bound is None else [bound]
    exact = make(parameter, *more)
    factors = [Fraction(97, 100), Fraction(103, 100)]
    wrong = [make(parameter * (f * f if squared else f), *more) for f in factors]
    n = 100_000
    while True:
        edges = edges_of(exact, n)
        p = signed(shares_of(exact, edges), two_sided, edges[0] == 0)
        power = []
        for other in wrong:
            q = signed(shares_of(other, edges), two_sided, edges[0] == 0)
            excess = float(n * sum((b - a) ** 2 / a for a, b in zip(p, q)))
            power.append(float(ncx2.sf(chi2.isf(ALARM, len(p) - 1), len(p) - 1, excess)))
        if min(power) > 0.9995:
            break
        n = n * 5 // 4
        assert n < MOST, (kind, parameter, power)
    return {
        "kind": kind,
        "parameter": f"{parameter.numerator}/{parameter.denominator}",
        **({} if bound is None else {"bound": bound}),
        "n": n,
        "edges": [str(edge) for edge in edges],
        "shares": [float(share) for share in shares_of(exact, edges)],
        "power": {"0.97": power[0], "1.03": power[1]},
        "kolmogorovPower": {
            name: kolmogorov_power(exact, other, edges) for name, other in zip(["0.97", "1.03"], wrong)
        },
    }


F = Fraction
cases = [
    case("laplace", laplace, F(1, 2)),
    case("laplace", laplace, F(1)),
    case("laplace", laplace, F(10, 3)),
    case("laplace", laplace, F(10)),
    case("laplace", laplace, F(4321, 10)),
    case("laplace", laplace, F(10**6)),
    case("laplace", laplace, F(10**12 + 1, 3)),
    # The exact value of the double 2.7: numerator and denominator beyond 2^50.
    case("laplace", laplace, F(2.7)),
    # Beyond 2^53: big integers.
    case("laplace", laplace, F(10**20 + 1, 3 * 10**18)),
    case("geometric", geometric, F(5), two_sided=False),
    case("truncated", truncated, F(2), bound=27),
    case("gaussian", gaussian, F(1, 2), squared=True),
    case("gaussian", gaussian, F(1), squared=True),
    case("gaussian", gaussian, F(100), squared=True),
    case("gaussian", gaussian, F(12345, 67), squared=True),
    # The denominator of its exponent is beyond 2^53: big integers.
    case("gaussian", gaussian, F(99856789013, 10**6), squared=True),
]
exponents = [F(1, 7), F(1, 2), F(1), F(3, 2), F(22, 7), F(10**17 + 1, 10**17), F(5)]
print(
    json.dumps(
        {
            "versions": {"mpmath": mpmath.__version__, "scipy": scipy.__version__},
            "falseAlarm": ALARM,
            "kolmogorovDraws": KOLMOGOROV_DRAWS,
            "cases": cases,
            "bernoulliExp": [[f"{g.numerator}/{g.denominator}", float(mp.exp(-real(g)))] for g in exponents],
        },
        indent=1,
    )
)
