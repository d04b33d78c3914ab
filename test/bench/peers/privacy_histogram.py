"""OpenDP's histogram over declared keys, or of unknown ones, from rows in a list.

python privacy_histogram.py '{"keys": "known" | "unknown", "values": FILE, "texts": B, "size": K, "scale": S, "threshold": T}'
reads int32 keys of rows from FILE, made texts where B is true, and prints {"ms", "noiseMs", "groups"}: counting and noise
together, and the noise alone. Rows become a list, and the transformation is built, before the clock runs.
"""

import array
import json
import sys
import time

import opendp.prelude as dp

o = json.loads(sys.argv[1])
values = array.array("i")
with open(o["values"], "rb") as file:
    values.frombytes(file.read())
rows = [f"k{value}" for value in values] if o["texts"] else values.tolist()
keys = [f"k{key}" for key in range(o["size"])] if o["texts"] else list(range(o["size"]))

dp.enable_features("contrib")
whole = dp.atom_domain(T=int)
key = dp.atom_domain(T=str if o["texts"] else int)
inputs = dp.vector_domain(key), dp.symmetric_distance()
if o["keys"] == "known":
    count = dp.t.make_count_by_categories(*inputs, keys, null_category=False)
    noise = dp.m.make_laplace(dp.vector_domain(whole), dp.l1_distance(T=int), scale=float(o["scale"]))
else:
    count = dp.t.make_count_by(*inputs)
    metric = dp.l01inf_distance(dp.absolute_distance(T=int))
    noise = dp.m.make_laplace_threshold(
        dp.map_domain(key, whole), metric, scale=float(o["scale"]), threshold=o["threshold"]
    )

started = time.perf_counter()
counts = count(rows)
counted = time.perf_counter()
noised = noise(counts)
ended = time.perf_counter()
print(json.dumps({"ms": (ended - started) * 1000, "noiseMs": (ended - counted) * 1000, "groups": len(noised)}))
