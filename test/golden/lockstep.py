# Poisson tails and normal probabilities of SciPy: python test/golden/lockstep.py > test/golden/lockstep.json
import json

import scipy
from scipy.stats import norm, poisson

tails = [
    [count, mean, float(poisson.logsf(count - 1, mean)) / 2.302585092994046]
    for count, mean in [(1, 0.5), (2, 1e-3), (5, 5.0), (3, 20.0), (40, 10.0), (24, 0.06), (300, 100.0), (17, 1e-8)]
]
normal = [[z, float(norm.cdf(z))] for z in [-6.0, -2.5, -1.0, -0.1234, 0.0, 0.5, 1.959964, 4.2]]
print(json.dumps({"versions": {"scipy": scipy.__version__}, "poissonLog10Tail": tails, "normalProbability": normal}, indent=2))
