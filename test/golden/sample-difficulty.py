"""How hard the generated log is for a plain isolation forest: the table of docs/data-card.md.

pandas 3.1.1, scikit-learn 1.9.0. Run: python test/golden/sample-difficulty.py LOG.csv LABELS.csv
"""

import sys

import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score

ACTIONS = "view like message download login follow purchase token_request change_settings".split()


def entropy(log, column):
    counts = log.groupby(["user", column]).size()
    share = counts / counts.groupby("user").transform("sum")
    return -(share * np.log(share)).groupby("user").sum()


def features(log):
    log["ts"] = pd.to_datetime(log["timestamp"])
    log = log.sort_values(["user", "ts"], kind="stable")
    user = log["user"]
    by = log.groupby("user")
    log["gap"] = by["ts"].diff().dt.total_seconds()
    log["hour"] = log["ts"].dt.hour
    log["day"] = log["ts"].dt.floor("D")
    table = pd.DataFrame({"events": by.size()})
    table["days"] = log.groupby("user")["day"].nunique()
    table["rate"] = table["events"] / table["days"]
    table["gap_median"] = log[log["gap"] < 1800].groupby("user")["gap"].median()
    table["gap_spread"] = np.log1p(log["gap"].clip(upper=1800)).groupby(user).std()
    table["under_3s"] = (log["gap"] < 3).groupby(user).mean()
    table["hour_entropy"] = entropy(log, "hour")
    table["night"] = log["hour"].between(1, 4).groupby(user).mean()
    table["action_entropy"] = entropy(log, "action")
    log["thing"] = log["item"].where(log["item"] != "")
    table["items"] = log.groupby("user")["thing"].nunique()
    table["item_ratio"] = table["items"] / table["events"]
    popularity = np.log(log["thing"].map(log.groupby("thing")["user"].nunique()))
    table["popularity"] = popularity.groupby(user).mean()
    for column in ["ip", "device", "user_agent", "country", "session"]:
        table[column] = by[column].nunique()
    failed = log["outcome"] == "failure"
    table["failed_share"] = failed.groupby(user).mean()
    table["failed"] = failed.groupby(user).sum()
    amount = pd.to_numeric(log["amount"]).fillna(0)
    table["amount"] = amount.groupby(user).sum()
    table["amount_max"] = amount.abs().groupby(user).max()
    table["links"] = log["message"].str.contains("http").groupby(user).mean()
    table["texts"] = (log["message"] != "").groupby(user).mean()
    texts = log[log["message"] != ""].groupby("user")["message"]
    table["distinct_texts"] = texts.nunique() / texts.size()
    for action in ACTIONS:
        table["a_" + action] = (log["action"] == action).groupby(user).mean()
    table["per_session"] = table["events"] / table["session"]
    return table.fillna(0)


def main(log_path, labels_path):
    table = features(pd.read_csv(log_path, keep_default_na=False, dtype={"amount": str}))
    labels = pd.read_csv(labels_path, keep_default_na=False).set_index("user").loc[table.index]
    forests = [IsolationForest(n_estimators=200, random_state=seed).fit(table) for seed in range(3)]
    scores = np.mean([-forest.score_samples(table) for forest in forests], axis=0)
    label = labels["label"].to_numpy()
    print(f"{table.shape[1]} features, {len(table)} users, {label.sum()} positive")
    print(f"all: {roc_auc_score(label, scores):.3f} / {average_precision_score(label, scores):.3f}")
    for kind in sorted(set(labels["kind"]) - {""}):
        rows = ((label == 0) | (labels["kind"] == kind)).to_numpy()
        auc, precision = (f(label[rows], scores[rows]) for f in (roc_auc_score, average_precision_score))
        print(f"{kind}: {auc:.3f} / {precision:.3f}")
    for note in sorted(set(labels["note"]) - {""}):
        rows = ((labels["note"] == note) | ((labels["note"] == "") & (label == 0))).to_numpy()
        print(f"({note} against ordinary: {roc_auc_score((labels['note'] == note)[rows], scores[rows]):.3f})")


main(*sys.argv[1:])
