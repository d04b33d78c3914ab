"""Scores of exported forests by onnxruntime.

python onnx_forests.py '{"folder": DIR, "names": [NAME], "columns": N}' reads DIR/table.f32 and DIR/NAME.onnx, writes DIR/NAME.f32
and prints how long each took, in ms.
"""

import json
import sys
import time

import numpy as np
import onnxruntime

options = json.loads(sys.argv[1])
folder = options["folder"]
table = np.fromfile(f"{folder}/table.f32", dtype=np.float32).reshape(-1, options["columns"])
elapsed = {}
for name in options["names"]:
    session = onnxruntime.InferenceSession(f"{folder}/{name}.onnx", providers=["CPUExecutionProvider"])
    started = time.perf_counter()
    parts = [session.run(["score"], {"features": table[i : i + 200]})[0] for i in range(0, len(table), 200)]
    elapsed[name] = 1000 * (time.perf_counter() - started)
    np.concatenate(parts).ravel().astype(np.float32).tofile(f"{folder}/{name}.f32")
print(json.dumps(elapsed))
