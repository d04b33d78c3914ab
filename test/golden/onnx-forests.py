"""Golden scores of exported forests by onnxruntime; writes onnx-forests.json beside itself.

Made with Python 3, onnx, onnxruntime and NumPy (versions are written into the file), from the checkout's root:
    npx tsx test/golden/onnx-forests.ts FOLDER && python test/golden/onnx-forests.py FOLDER
"""
import hashlib
import json
import pathlib
import platform
import sys

import numpy as np
import onnx
import onnxruntime

folder = pathlib.Path(sys.argv[1])
table = np.fromfile(folder / "table.f32", dtype=np.float32).reshape(120, 5)
models = {}
for path in sorted(folder.glob("*.onnx")):
    onnx.checker.check_model(str(path), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (scores,) = session.run(["score"], {"features": table})
    models[path.stem] = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "scores": [float(f"{s:.8g}") for s in scores.ravel()],
    }
out = {
    "versions": {"python": platform.python_version(), "onnx": onnx.__version__,
                 "onnxruntime": onnxruntime.__version__, "numpy": np.__version__},
    "models": models,
}
pathlib.Path(__file__).with_name("onnx-forests.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
