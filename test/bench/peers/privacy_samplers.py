"""Peers of the samplers: OpenDP, once per draw and with one call for a vector, and diffprivlib.

python privacy_samplers.py '{"peer": "opendp" | "opendp vector" | "diffprivlib", "noise": "laplace" | "gaussian",
"scale": S, "draws": N}' prints {"ms", "meanSquare"}; S is the scale of the discrete Laplace or sigma of the discrete
Gaussian distribution.
"""

import json
import sys
import time
import types

o = json.loads(sys.argv[1])
draws, scale = o["draws"], float(o["scale"])

if o["peer"] == "diffprivlib":
    # Its models do not import with current scikit-learn; its mechanisms need none of them.
    sys.modules["diffprivlib.models"] = types.ModuleType("diffprivlib.models")
    from diffprivlib.mechanisms import GaussianDiscrete, Geometric

    if o["noise"] == "laplace":
        mechanism = Geometric(epsilon=1 / scale, sensitivity=1)
    else:
        mechanism = GaussianDiscrete(epsilon=0.5, delta=1e-6, sensitivity=1)
        mechanism._scale = scale  # it is found from epsilon and delta only

    def draw(n):
        return [mechanism.randomise(0) for _ in range(n)]

else:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    whole = dp.atom_domain(T=int)
    vector = o["peer"] == "opendp vector"
    domain = dp.vector_domain(whole) if vector else whole
    if o["noise"] == "laplace":
        metric = dp.l1_distance(T=int) if vector else dp.absolute_distance(T=int)
        measure = dp.m.make_laplace(domain, metric, scale=scale)
    else:
        metric = dp.l2_distance(T=float) if vector else dp.absolute_distance(T=float)
        measure = dp.m.make_gaussian(domain, metric, scale=scale)

    def draw(n):
        return measure([0] * n) if vector else [measure(0) for _ in range(n)]


draw(min(draws, 1000))
started = time.perf_counter()
drawn = draw(draws)
ms = (time.perf_counter() - started) * 1000
print(json.dumps({"ms": ms, "meanSquare": sum(x * x for x in drawn) / draws}))
