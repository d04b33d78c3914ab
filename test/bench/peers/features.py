"""The peer of import + features + isolation forest: pandas (vectorised) and scikit-learn on the raw log.

python features.py '{"log": CSV, "table": FOLDER or null}' prints seconds per stage and writes the table as doubles.
The formulas are those of docs/features.md. Texts are measured, identities stay as they are, nothing is stored.
"""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest

NAMES = ["user", "item", "ip", "device", "session", "user_agent", "country", "action"]
MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000


def load(path):
    e = pd.read_csv(path, usecols=["timestamp", "outcome", "amount", "message", *NAMES], keep_default_na=False, na_values=[""])
    us = pd.to_datetime(e.pop("timestamp"), format="ISO8601").astype("datetime64[us, UTC]").astype("int64")
    actor, users = pd.factorize(e.pop("user"))
    out = pd.DataFrame({"actor": actor, "us": us})
    item, items = pd.factorize(e.pop("item"))
    who = pd.Index(users).get_indexer(items)
    out["object"] = item
    out["target"] = np.where(item >= 0, who[item], -1)
    for name in NAMES[2:]:
        out[name] = pd.factorize(e.pop(name))[0]
    out["failed"] = e.pop("outcome").map({"failure": 1.0, "success": 0.0}).to_numpy()
    out["signed"] = e.pop("amount")
    out["amount"] = out["signed"].abs()
    text = e.pop("message").dropna()
    out.loc[text.index, "text_length"] = text.str.len().astype("float64")
    out.loc[text.index, "text_links"] = text.str.count(r"(?i)\b(?:https?://|www\.)\S").astype("float64")
    out.loc[text.index, "text_digits"] = text.str.count("[0-9]").astype("float64") / text.str.len()
    return out


def share(a, b):
    return (a / b).where(b > 0)


def entropy(counts, level="actor"):
    n = counts.to_numpy().astype("float64")
    key = counts.index.get_level_values(level)
    total = pd.Series(n).groupby(key).sum()
    return (np.log2(total) - pd.Series(n * np.log2(n)).groupby(key).sum() / total).clip(lower=0)


def dispersion(grouped):
    q = grouped.quantile([0.25, 0.75]).unstack()
    enough = grouped.count() >= 2
    return ((q[0.75] - q[0.25]) / (q[0.75] + q[0.25]).where(lambda x: x > 0)).where(enough)


def weighted(values, n, actor):
    return pd.Series(values * n).groupby(actor).sum() / pd.Series(n).groupby(actor).sum()


def pairs(e, column):
    return e[e[column] >= 0].groupby(["actor", column], sort=False).size()


def shared(e, column):
    n = pairs(e, column)
    actor = n.index.get_level_values(0).to_numpy()
    actors = n.groupby(level=1).size().reindex(n.index.get_level_values(1)).to_numpy()
    return n, actor, actors


def new_share(e, column):
    k = e.loc[e[column] >= 0, ["actor", column, "day"]]
    days = k.groupby(["actor", column, "day"], sort=False).size().reset_index(name="n")
    first = days.groupby(["actor", column])["day"].transform("min")
    joined = days.groupby("actor")["day"].transform("min")
    fresh = days["n"].where((days["day"] == first) & (first > joined), 0)
    return fresh.groupby(days["actor"]).sum() / days["n"].groupby(days["actor"]).sum()


def features(e):
    e = e.sort_values(["actor", "us"], kind="stable", ignore_index=True)
    actor = e["actor"]
    e["day"] = e["us"] // DAY
    e["hour"] = e["us"] // HOUR
    clock = e["hour"] % 24
    same = actor == actor.shift()
    gap = e["us"].diff().where(same)
    f = {}
    g = e.groupby("actor")
    n = g.size()
    f["event_count"] = n
    per_hour = e.groupby(["actor", "hour"], sort=False).size()
    hours = per_hour.reset_index(name="n")
    hours["day"] = hours["hour"] // 24
    per_day = hours.groupby(["actor", "day"], sort=False).size()
    f["active_days"] = per_day.groupby(level=0).size()
    f["events_per_active_day"] = n / f["active_days"]
    f["peak_hour_events"] = per_hour.groupby(level=0).max()
    f["busiest_day_hours"] = per_day.groupby(level=0).max()

    gaps = gap.groupby(actor)
    count, mean, sd = gaps.count(), gaps.mean(), gaps.std(ddof=0)
    f["gap_median_s"] = gaps.median() / 1e6
    f["gap_burstiness"] = ((sd - mean) / (sd + mean).where(lambda x: x > 0)).where(count >= 2)
    f["gap_dispersion"] = dispersion(gaps)
    f["gap_short_share"] = share((gap < 2e6).groupby(actor).sum(), count)
    seconds = np.floor(gap[gap >= 5e5] / 1e6 + 0.5)
    modes = seconds.groupby([actor[seconds.index], seconds], sort=False).size().groupby(level=0)
    f["gap_modal_share"] = share(modes.max() - 1, modes.sum() - 1)
    f["hour_entropy"] = entropy(clock.groupby([actor, clock], sort=False).size())
    f["night_share"] = (clock < 6).groupby(actor).mean()
    f["weekend_share"] = ((e["day"] + 3) % 7 >= 5).groupby(actor).mean()
    f["session_count"] = 1 + (gap > 30 * MINUTE).groupby(actor).sum()
    f["session_minutes_mean"] = gap.where(gap <= 30 * MINUTE).groupby(actor).sum() / MINUTE / f["session_count"]

    touched, who, popular = shared(e, "object")
    touches = touched.to_numpy()
    distinct = touched.groupby(level=0).size()
    f["object_count"] = distinct
    f["object_ratio"] = distinct / touched.groupby(level=0).sum()
    f["object_entropy"] = entropy(touched)
    f["object_popularity"] = weighted(np.log2(popular), touches, who)
    f["object_solo_share"] = pd.Series(popular == 1).groupby(who).mean()
    on = e[e["object"] >= 0].groupby(["actor", "object"], sort=False)["day"]
    f["object_return_share"] = (on.max() > on.min()).groupby(level=0).mean()

    known = e["failed"].notna()
    outcomes = known.groupby(actor).sum()
    f["failure_share"] = g["failed"].mean()
    successes = (e["failed"] == 0).groupby(actor).cumsum()
    failures = e[e["failed"] == 1]
    streaks = failures.groupby(["actor", successes[failures.index]], sort=False).size()
    f["failure_streak"] = streaks.groupby(level=0).max().reindex(n.index, fill_value=0)
    recovered = (e["failed"] == 0) & (e["failed"].shift() == 1) & same
    f["recovery_share"] = share(recovered.groupby(actor).sum(), outcomes)

    amount = g["amount"]
    f["amount_sum"] = amount.sum(min_count=1)
    f["amount_median"] = amount.median()
    f["amount_max"] = amount.max()
    f["amount_dispersion"] = dispersion(amount)
    paid = amount.count()
    f["amount_round_share"] = share(((e["amount"] > 0) & (e["amount"] % 10 == 0)).groupby(actor).sum(), paid)
    f["amount_repeat_share"] = share(paid - g["signed"].nunique(), paid)

    for column, name in [("ip", "ip"), ("device", "device"), ("user_agent", "agent"), ("country", "country"), ("action", "action")]:
        f[f"{name}_count"] = pairs(e, column).groupby(level=0).size()
    f["ip_new_share"] = new_share(e, "ip")
    f["device_new_share"] = new_share(e, "device")
    for column in ["ip", "device", "session"]:
        _, who, actors = shared(e, column)
        f[f"{column}_shared_max"] = pd.Series(actors - 1).groupby(who).max()
    at, who, actors = shared(e, "ip")
    f["ip_shared_mean"] = weighted(actors - 1, at.to_numpy(), who)
    mine = e[(e["ip"] >= 0) & known].groupby(["actor", "ip"], sort=False)["failed"].agg(["sum", "count"]).reindex(at.index, fill_value=0)
    others = mine.groupby(level=1).transform("sum") - mine
    rate = (others["sum"] / others["count"].where(others["count"] > 0)).to_numpy()
    has = ~np.isnan(rate)
    f["ip_others_failure_share"] = weighted(rate[has], at.to_numpy()[has], who[has])
    both = same & (e["ip"] >= 0) & (e["ip"].shift() >= 0)
    f["ip_switch_share"] = share((both & (e["ip"] != e["ip"].shift())).groupby(actor).sum(), both.groupby(actor).sum())
    both = same & (e["country"] >= 0) & (e["country"].shift() >= 0)
    hops = both & (e["country"] != e["country"].shift()) & (gap <= HOUR)
    f["country_hop_share"] = share(hops.groupby(actor).sum(), both.groupby(actor).sum())
    used, who, actors = shared(e, "user_agent")
    f["agent_rarity"] = weighted(-np.log2(actors / used.index.get_level_values(0).nunique()), used.to_numpy(), who)

    inbound = e[(e["target"] >= 0) & (e["target"] != actor)]
    received = inbound.groupby("target").size().reindex(n.index, fill_value=0)
    links = inbound.groupby(["target", "actor"], sort=False).size()
    f["received_events"] = received
    f["sender_count"] = links.groupby(level=0).size().reindex(n.index, fill_value=0)
    f["received_share"] = received / (received + n)
    mutual = links.index.swaplevel().isin(links.index)
    f["reciprocity_share"] = pd.Series(mutual).groupby(links.index.get_level_values(0)).mean()
    daily = inbound.groupby(["target", "day", "actor"], sort=False).size().groupby(level=[0, 1]).size()
    f["fan_in_day"] = daily.groupby(level=0).max().reindex(n.index, fill_value=0)

    for column in ["text_length", "text_links", "text_digits"]:
        f[f"{column}_mean"] = g[column].mean()

    acts = pairs(e, "action")
    f["action_entropy"] = entropy(acts)
    f["action_top_share"] = acts.groupby(level=0).max() / acts.groupby(level=0).sum()
    before = e["action"].shift(fill_value=-1)
    steps = e[same & (e["action"] >= 0) & (before >= 0)]
    bigrams = steps.groupby(["actor", before[steps.index].rename("before"), "action"], sort=False).size()
    f["bigram_entropy"] = entropy(bigrams)
    f["bigram_top_share"] = bigrams.groupby(level=0).max() / bigrams.groupby(level=0).sum()
    moves = bigrams.groupby(level=[1, 2]).transform("sum")
    left = bigrams.groupby(level=1).transform("sum")
    f["action_surprise"] = weighted(np.log2(left / moves).to_numpy(), bigrams.to_numpy(), bigrams.index.get_level_values(0))
    return pd.DataFrame(f, index=n.index)


if __name__ == "__main__":
    options = json.loads(sys.argv[1])
    times = [time.perf_counter()]
    events = load(options["log"])
    times.append(time.perf_counter())
    table = features(events)
    times.append(time.perf_counter())
    filled = table.fillna(table.median())
    IsolationForest(n_estimators=100, max_samples=256, n_jobs=2, random_state=1).fit(filled).score_samples(filled)
    times.append(time.perf_counter())
    if options.get("table"):
        table.to_numpy("float64").T.tofile(f"{options['table']}/pandas.f64")
    stages = dict(zip(["import", "features", "isolationForest"], np.diff(times) * 1000))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"wallMs": stages, "peakBytes": peak, "features": list(table.columns), "actors": len(table)}))
