"""Peers that learn from labels: coniferest's AADForest and PineForest with their defaults, each choosing whom to ask about.

python feedback.py '{"values": FILE, "rows": N, "seeds": N, "budget": N, "seconds": N}' with a file of doubles, column by
column, the label last, prints how many of the first "budget" asked about were abusive, by peer, one number per seed. A peer
gets no further seed on a table once it has taken that many seconds there; a session that takes longer by itself is ended
and has no number.
"""

import json
import sys
import time

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


def found(model, until):
    """How many of those asked about were abusive; None where time was over before all were asked about."""
    asked = []

    def decide(index, _row, session):
        asked.append(int(index))
        if len(asked) >= budget or time.monotonic() > until:
            session.terminate()
        return Label.A if label[index] else Label.R

    Session(x, np.arange(len(x)), decision_callback=decide, model=model).run()
    return int(label[asked].sum()) if len(asked) >= budget else None


def sessions(make):
    until = time.monotonic() + options["seconds"]
    numbers = []
    for seed in range(1, options["seeds"] + 1):
        number = found(make(random_seed=seed, n_jobs=1), until) if time.monotonic() < until else None
        if number is None:
            break
        numbers.append(number)
    return numbers


makers = {"aadForest": AADForest, "pineForest": PineForest}
print(json.dumps({name: sessions(make) for name, make in makers.items()}))
