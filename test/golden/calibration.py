"""Golden vectors for false-discovery control; writes calibration.json beside itself.

Made with Python 3, SciPy and NumPy (versions are written into the file):
    python test/golden/calibration.py
"""
import json
import pathlib
import platform

import numpy as np
import scipy
from scipy.stats import false_discovery_control

rng = np.random.default_rng(20260611)
cases = []
for name, p in {
    "uniform": rng.uniform(size=40),
    "mixed": np.concatenate([rng.uniform(size=30), rng.beta(0.2, 8, size=12)]),
    "conformal, with ties": rng.integers(1, 21, size=35) / 20,
    "one": np.array([0.03]),
}.items():
    cases.append({
        "name": name,
        "p": p.tolist(),
        "bh": false_discovery_control(p, method="bh").tolist(),
        "by": false_discovery_control(p, method="by").tolist(),
    })
document = {
    "versions": {"python": platform.python_version(), "scipy": scipy.__version__, "numpy": np.__version__},
    "cases": cases,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
