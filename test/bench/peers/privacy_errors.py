"""Peers of counts of unknown keys: OpenDP's thresholded Laplace mechanism; diffprivlib's noise, which has no choice of keys
of its own, and the same threshold.

python privacy_errors.py '{"peer": "opendp" | "diffprivlib", "counts": [C, ...], "groups": L0, "scale": S,
"threshold": T, "runs": N}' prints {"errors", "kept", "claimedDelta"}: per run the mean absolute error over all keys, one
that is not shown counting as 0, and the keys shown; and the delta that OpenDP itself says that threshold has.
"""

import json
import sys
import types

o = json.loads(sys.argv[1])
counts, scale, threshold = o["counts"], o["scale"], o["threshold"]
claimed = None

if o["peer"] == "diffprivlib":
    # Its models do not import with current scikit-learn; its mechanisms need none of them.
    sys.modules["diffprivlib.models"] = types.ModuleType("diffprivlib.models")
    from diffprivlib.mechanisms import Geometric

    mechanism = Geometric(epsilon=o["groups"] / scale, sensitivity=o["groups"])

    def release():
        noised = [mechanism.randomise(count) for count in counts]
        return {key: value for key, value in enumerate(noised) if value >= threshold}

else:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    whole = dp.atom_domain(T=int)
    domain = dp.map_domain(whole, whole)
    metric = dp.l01inf_distance(dp.absolute_distance(T=int))
    measure = dp.m.make_laplace_threshold(domain, metric, scale=float(scale), threshold=threshold)
    claimed = measure.map((o["groups"], o["groups"], 1))[1]
    given = dict(enumerate(counts))

    def release():
        return measure(given)


errors, kept = [], []
for _ in range(o["runs"]):
    shown = release()
    errors.append(sum(abs(shown.get(key, 0) - count) for key, count in enumerate(counts)) / len(counts))
    kept.append(len(shown))
print(json.dumps({"errors": errors, "kept": kept, "claimedDelta": claimed}))
