"""Peers that learn rules from labels: imodels (SkopeRules, RuleFit, GreedyRuleList, OneR), wittgenstein (RIPPER) and
scikit-learn's decision tree, each cut to at most 5 rules of at most 4 conditions.

python rules.py '{"values": FILE, "masks": FILE, "rows": N, "seeds": [..], "names": [..], "peers": [..]}'

`values` holds doubles, column by column, the label last; `masks` one byte per row and seed, 1 for training. A missing value
becomes one less than the lowest of its column, so that a rule can tell it apart. Each peer is fitted on the training rows
with its own defaults, but for the limits:

* SkopeRules: max_depth 4; its first 5 rules in its own order; a row is hit when one of them holds.
* RuleFit: rules only (no linear terms), max_rules 5. Two ways to say yes are tried: its score, cut where F1 on the training
  rows is highest ("RuleFit"; its own predict says no to all where positives are few), and any of its rules with a positive
  weight, but those of more than 4 conditions ("RuleFit rules").
* GreedyRuleList: max_depth 5, its own predict (a list of single conditions). OneR: its own predict.
* RIPPER: max_rules 5, max_rule_conds 4.
* DecisionTree: max_depth 4; of the leaves where most training rows are positive the 5 with the most positives. "balanced"
  is the same with class_weight="balanced".

Prints, by peer, one entry per seed: true and false positives and misses on the rows that were not trained on, the rules and
conditions kept, and the time of the fit.
"""

import json
import os
import sys
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

RULES, CONDITIONS = 5, 4


def conditions_of(rule):
    return [part for part in rule.split(" and ") if part.strip()]


def any_rule(rules, names):
    """Whether one of the rules, written as `a > 1 and b <= 2`, holds."""
    places = {name: j for j, name in enumerate(names)}

    def hits(x):
        hit = np.zeros(len(x), bool)
        for rule in rules:
            holds = np.ones(len(x), bool)
            for part in conditions_of(rule):
                name, op, value = part.split()
                column = x[:, places[name]]
                value = float(value)
                holds &= {"<=": column <= value, "<": column < value, ">": column > value, ">=": column >= value}[op]
            hit |= holds
        return hit

    return hits


def skope(x, y, seed, names):
    from imodels import SkopeRulesClassifier

    model = SkopeRulesClassifier(max_depth=CONDITIONS, random_state=seed).fit(x, y, feature_names=names)
    rules = [rule.rule for rule in model.rules_][:RULES]
    return any_rule(rules, names), rules


FITTED = {}


def rulefit_model(x, y, seed, names):
    """One fit for both ways to say yes; its time stands for both."""
    from imodels import RuleFitClassifier

    if seed in FITTED:
        return FITTED.pop(seed)
    started = time.perf_counter()
    model = RuleFitClassifier(max_rules=RULES, include_linear=False, random_state=seed)
    model.fit(x, y, feature_names=names)
    FITTED[seed] = model, 1e3 * (time.perf_counter() - started)
    return FITTED[seed]


def best_cut(score, y):
    """The cut of a score where F1 is highest."""
    order = np.argsort(-score, kind="stable")
    tp = np.cumsum(y[order])
    f1 = 2 * tp / (np.arange(1, len(y) + 1) + y.sum())
    last = np.append(score[order][:-1] != score[order][1:], True)  # equal scores are cut together
    return score[order][np.argmax(np.where(last, f1, -1))]


def rulefit(x, y, seed, names):
    model, ms = rulefit_model(x, y, seed, names)
    cut = best_cut(model.predict_proba(x)[:, 1], y)
    return (lambda z: model.predict_proba(z)[:, 1] >= cut), [rule.rule for rule in model.rules_], ms


def rulefit_rules(x, y, seed, names):
    model, ms = rulefit_model(x, y, seed, names)
    weighted = list(zip(model.coef, model.rules_)) if len(model.coef) == len(model.rules_) else [
        (rule.args[0] if isinstance(rule.args, (list, tuple)) else rule.args, rule) for rule in model.rules_]
    kept = [rule.rule for weight, rule in sorted(weighted, key=lambda one: -one[0])
            if weight > 0 and len(conditions_of(rule.rule)) <= CONDITIONS][:RULES]
    return any_rule(kept, names), kept, ms


def greedy(x, y, seed, names):
    from imodels import GreedyRuleListClassifier

    model = GreedyRuleListClassifier(max_depth=RULES)
    model.fit(x, y, feature_names=names)
    return (lambda z: np.asarray(model.predict(z)) == 1), [str(rule) for rule in model.rules_]


def one_r(x, y, seed, names):
    from imodels import OneRClassifier

    model = OneRClassifier()
    model.fit(x, y, feature_names=names)
    return (lambda z: np.asarray(model.predict(z)) == 1), [str(rule) for rule in model.rules_]


def ripper(x, y, seed, names):
    import wittgenstein

    model = wittgenstein.RIPPER(max_rules=RULES, max_rule_conds=CONDITIONS, random_state=seed)
    model.fit(pd.DataFrame(x, columns=names).assign(label=y), class_feat="label", pos_class=1)
    frame = lambda z: pd.DataFrame(z, columns=names)  # noqa: E731
    return (lambda z: np.asarray(model.predict(frame(z)), bool)), [str(rule) for rule in model.ruleset_.rules]


def tree(x, y, seed, names, weight=None):
    from sklearn.tree import DecisionTreeClassifier

    model = DecisionTreeClassifier(max_depth=CONDITIONS, class_weight=weight, random_state=seed).fit(x, y)
    leaves = model.apply(x)
    ids, place = np.unique(leaves, return_inverse=True)
    positives = np.bincount(place, weights=y)
    most = model.predict(x)
    is_positive = np.array([most[place == i][0] == 1 for i in range(len(ids))])
    order = [i for i in np.argsort(-positives, kind="stable") if is_positive[i]][:RULES]
    kept = ids[order]
    return (lambda z: np.isin(model.apply(z), kept)), [str(leaf) for leaf in kept]


def balanced(x, y, seed, names):
    return tree(x, y, seed, names, "balanced")


PEERS = {
    "SkopeRules": skope, "RuleFit": rulefit, "RuleFit rules": rulefit_rules, "GreedyRuleList": greedy, "OneR": one_r,
    "RIPPER": ripper, "DecisionTree": tree, "DecisionTree balanced": balanced,
}


def measure(fit, x, y, train, seed, names):
    started = time.perf_counter()
    try:
        predict, rules, *known = fit(x[train], y[train], seed, names)
    except Exception as error:  # a peer that cannot do it finds nothing, and the bench shows why
        return {"tp": 0, "fp": 0, "fn": int(y[~train].sum()), "ms": 1e3 * (time.perf_counter() - started),
                "rules": [], "error": f"{type(error).__name__}: {error}"[:200]}
    ms = known[0] if known else 1e3 * (time.perf_counter() - started)
    hit, truth = predict(x[~train]), y[~train] == 1
    return {"tp": int((hit & truth).sum()), "fp": int((hit & ~truth).sum()), "fn": int((~hit & truth).sum()), "ms": ms,
            "rules": rules}


if __name__ == "__main__":
    options = json.loads(sys.argv[1])
    rows, seeds = options["rows"], options["seeds"]
    table = np.fromfile(options["values"]).reshape(-1, rows).T
    masks = np.fromfile(options["masks"], np.uint8).reshape(len(seeds), rows) == 1
    names = [f"f{j}" for j in range(table.shape[1] - 1)]
    x, y = table[:, :-1].copy(), table[:, -1].astype(int)
    lowest = np.nanmin(np.where(np.isnan(x), np.inf, x), axis=0)
    x = np.where(np.isnan(x), np.where(np.isfinite(lowest), lowest, 0) - 1, x)
    for peer, package in (("OneR", "imodels"), ("RIPPER", "wittgenstein"), ("DecisionTree", "sklearn.tree")):
        if peer in options["peers"]:
            __import__(package)  # not a part of the first fit
    answers = {peer: [] for peer in options["peers"]}
    for i, seed in enumerate(seeds):
        for peer in options["peers"]:
            answers[peer].append(measure(PEERS[peer], x, y, masks[i], seed, names))
    print(json.dumps(answers))
