"""Peers that learn from labels: coniferest's AADForest and PineForest with their defaults, each choosing whom to ask about.

python feedback.py '{"values": FILE, "rows": N, "seeds": N, "budget": N}' with a file of doubles, column by column, the label
last, prints how many of the first "budget" asked about were abusive, by peer, one number per seed.
"""

import json
import sys

import numpy as np
from coniferest.aadforest import AADForest
from coniferest.label import Label
from coniferest.pineforest import PineForest
from coniferest.session import Session

options = json.loads(sys.argv[1])
table = np.fromfile(options["values"]).reshape(-1, options["rows"]).T
x = np.ascontiguousarray(np.nan_to_num(table[:, :-1]))
label = table[:, -1] == 1
budget = min(options["budget"], len(label))


def found(model):
    asked = []

    def decide(index, _row, session):
        asked.append(int(index))
        if len(asked) >= budget:
            session.terminate()
        return Label.A if label[index] else Label.R

    Session(x, np.arange(len(x)), decision_callback=decide, model=model).run()
    return int(label[asked].sum())


makers = {"aadForest": AADForest, "pineForest": PineForest}
print(json.dumps({
    name: [found(make(random_seed=seed, n_jobs=1)) for seed in range(1, options["seeds"] + 1)]
    for name, make in makers.items()
}))
