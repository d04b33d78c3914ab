"""The peer of the autoencoder's training: scikit-learn's MLPRegressor with the same layers, batch, rate and data.

python autoencoder.py '{"train": FILE, "held": FILE, "columns": N, "hidden": [..], "batch": N, "rate": R, "epochs": N,
"threads": N or null}' prints per epoch the milliseconds of training, of processor time in it, and the held-out mean squared error per cell.
"""

import json
import os
import sys
import time
import warnings

options = json.loads(sys.argv[1])
if options["threads"]:
    for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
        os.environ[name] = str(options["threads"])

import numpy as np
from sklearn.neural_network import MLPRegressor

warnings.filterwarnings("ignore")
train, held = (np.fromfile(options[name], dtype=np.float32).reshape(-1, options["columns"]) for name in ["train", "held"])
network = MLPRegressor(
    hidden_layer_sizes=tuple(options["hidden"]),
    activation="tanh",
    solver="adam",
    alpha=0,
    batch_size=options["batch"],
    learning_rate_init=options["rate"],
    epsilon=1e-7,
    random_state=1,
)
ms, cpu_ms, losses = [], [], []
for _ in range(options["epochs"]):
    started, used = time.perf_counter(), time.process_time()
    network.partial_fit(train, train)
    ms.append((time.perf_counter() - started) * 1000)
    cpu_ms.append((time.process_time() - used) * 1000)
    losses.append(float(((network.predict(held) - held).astype("float64") ** 2).mean()))
print(json.dumps({"ms": ms, "cpuMs": cpu_ms, "losses": losses}))
