"""Golden vectors for core/features, computed with pandas 3.1.1 and numpy 2.4.6 and no SQL.

python test/golden/features.py writes features-events.csv (2,000 events) and features.json (actor -> feature -> value).
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
rng = np.random.default_rng(20240101)
N = 2_000


def maybe(values, p):
    return np.where(rng.random(N) < p, None, values)


def generate():
    actor = np.minimum(59, (60 * rng.random(N) ** 2).astype(int))
    second = rng.integers(0, 20, N) * 86_400 + rng.choice([0, 1, 2, 7, 20, 22], N) * 3_600 + rng.integers(0, 700, N) * 3
    ts = pd.Timestamp("2024-01-01") + pd.to_timedelta(second, unit="s") + pd.to_timedelta(rng.choice([0, 250_000, 999_999], N), unit="us")
    objects = np.where(rng.random(N) < 0.3, [f"actor{i:02d}" for i in rng.integers(0, 70, N)], [f"object{i:03d}" for i in (200 * rng.random(N) ** 2).astype(int)])
    return pd.DataFrame({
        "ts": ts,
        "actor_id": [f"actor{i:02d}" for i in actor],
        "action": maybe([f"do-{i}" for i in rng.integers(0, 6, N)], 0.02),
        "object_id": maybe(objects, 0.05),
        "ip": maybe([f"ip{i:02d}" for i in (actor + rng.integers(0, 4, N)) % 50], 0.05),
        "device_id": maybe([f"d{i:02d}" for i in (actor * 2 + rng.integers(0, 3, N)) % 90], 0.1),
        "session_id": maybe([f"s{i}" for i in (actor * 3 + rng.integers(0, 5, N))], 0.1),
        "user_agent": maybe([f"ua{i}" for i in (actor + rng.integers(0, 2, N)) % 12], 0.1),
        "country": maybe([f"C{i}" for i in rng.integers(0, 3, N)], 0.1),
        "asn": maybe([f"as{i}" for i in actor % 9], 0.1),
        "outcome": maybe(rng.choice(["success", "failure", "unknown"], N, p=[0.6, 0.3, 0.1]), 0.05),
        "amount": np.where(rng.random(N) < 0.4, np.nan, np.round(np.exp(rng.normal(3, 2, N)), rng.integers(0, 3)) * rng.choice([1, 1, -1], N)),
        "text_length": np.where(rng.random(N) < 0.5, np.nan, rng.integers(1, 400, N)),
        "text_entropy": np.where(rng.random(N) < 0.5, np.nan, np.round(5 * rng.random(N), 6)),
        "text_digest": pd.array(np.where(rng.random(N) < 0.5, None, rng.integers(-60, 60, N)), dtype="Int64"),
        "m_load": np.where(rng.random(N) < 0.2, np.nan, np.round(rng.normal(0, 10, N), 4)),
        "c_plan": maybe([f"p{i}" for i in actor % 4], 0.1),
    })


def entropy(counts):
    p = np.asarray(counts, dtype=float)
    p = p / p.sum()
    return float(-(p * np.log2(p)).sum())


def quartile_dispersion(x):
    if len(x) < 2:
        return None
    q1, q3 = np.quantile(x, [0.25, 0.75])
    return (q3 - q1) / (q3 + q1) if q1 + q3 else None


def div(a, b):
    return a / b if b else None


def features(events):
    order = ["actor_id", "ts", "action", "outcome_order", "ip", "device_id", "country"]
    e = events.copy()
    e["outcome_order"] = e["outcome"].map({"success": 0.0, "failure": 1.0})
    e = e.sort_values(order, na_position="last", kind="stable").reset_index(drop=True)
    e["failed"] = e["outcome_order"]
    e["day"] = e["ts"].dt.floor("D")
    e["size"] = e["amount"].abs()
    actors = set(e["actor_id"])

    reach = {c: e.dropna(subset=[c]).groupby(c)["actor_id"].nunique() for c in ["object_id", "ip", "device_id", "session_id", "user_agent", "asn", "text_digest", "c_plan"]}
    everyone = {c: e.loc[e[c].notna(), "actor_id"].nunique() for c in ["user_agent", "asn", "c_plan"]}
    same = e["actor_id"].eq(e["actor_id"].shift())
    e["gap"] = ((e["ts"] - e["ts"].shift()).where(same)).dt.total_seconds()
    for c in ["action", "ip", "country", "failed"]:
        e[f"prev_{c}"] = e[c].shift().where(same)
    moves = e.dropna(subset=["prev_action", "action"])
    leave = moves.groupby("prev_action").size()
    step = moves.groupby(["prev_action", "action"]).size()
    known = e[e["failed"].notna() & e["ip"].notna()]
    at_ip = known.groupby("ip")["failed"].agg(["sum", "count"])
    own_ip = known.groupby(["actor_id", "ip"])["failed"].agg(["sum", "count"])
    inbound = e[e["object_id"].isin(actors) & (e["object_id"] != e["actor_id"])]
    edges = set(zip(inbound["actor_id"], inbound["object_id"]))

    out = {}
    for actor, g in e.groupby("actor_id"):
        f = {}
        n = len(g)
        f["event_count"] = n
        f["active_days"] = g["day"].nunique()
        f["events_per_active_day"] = n / f["active_days"]
        f["peak_hour_events"] = int(g.groupby(g["ts"].dt.floor("h")).size().max())

        gap = g["gap"].dropna().to_numpy()
        f["gap_median_s"] = float(np.median(gap)) if len(gap) else None
        f["gap_burstiness"] = div(gap.std() - gap.mean(), gap.std() + gap.mean()) if len(gap) >= 2 else None
        f["gap_dispersion"] = quartile_dispersion(gap)
        f["gap_short_share"] = div((gap < 2).sum(), len(gap))
        rounded = pd.Series(np.floor(gap[gap >= 0.5] + 0.5)).value_counts()
        f["gap_modal_share"] = div(rounded.max() - 1, rounded.sum() - 1) if len(rounded) else None
        f["hour_entropy"] = entropy(g["ts"].dt.hour.value_counts())
        f["night_share"] = (g["ts"].dt.hour < 6).mean()
        f["weekend_share"] = (g["ts"].dt.day_of_week >= 5).mean()
        f["session_count"] = 1 + int((gap > 1800).sum())
        f["session_minutes_mean"] = gap[gap <= 1800].sum() / 60 / f["session_count"]
        f["busiest_day_hours"] = int(g.groupby("day")["ts"].apply(lambda t: t.dt.hour.nunique()).max())

        o = g.dropna(subset=["object_id"])
        d = o["object_id"].nunique()
        f["object_count"] = d or None
        f["object_ratio"] = div(d, len(o))
        f["object_entropy"] = entropy(o["object_id"].value_counts()) if d else None
        f["object_popularity"] = float(np.log2(o["object_id"].map(reach["object_id"])).mean()) if d else None
        f["object_solo_share"] = div(sum(reach["object_id"][x] == 1 for x in o["object_id"].unique()), d)
        f["object_return_share"] = div(int((o.groupby("object_id")["day"].nunique() > 1).sum()), d)

        k = g["failed"].dropna()
        f["failure_share"] = div(k.sum(), len(k))
        best = run = 0
        for x in k:
            run = run + 1 if x == 1 else 0
            best = max(best, run)
        f["failure_streak"] = best
        f["recovery_share"] = div(((g["failed"] == 0) & (g["prev_failed"] == 1)).sum(), len(k))

        a = g["amount"].dropna()
        s = a.abs()
        f["amount_sum"] = float(s.sum()) if len(a) else None
        f["amount_median"] = float(s.median()) if len(a) else None
        f["amount_max"] = float(s.max()) if len(a) else None
        f["amount_dispersion"] = quartile_dispersion(s)
        f["amount_round_share"] = div(((s > 0) & (s % 10 == 0)).sum(), len(a))
        f["amount_repeat_share"] = 1 - a.nunique() / len(a) if len(a) else None

        for c, name in [("ip", "ip"), ("device_id", "device"), ("user_agent", "agent"), ("country", "country"), ("c_plan", "c_plan"), ("action", "action")]:
            f[f"{name}_count"] = g[c].nunique() or None
        for c, name in [("ip", "ip"), ("device_id", "device")]:
            k = g.dropna(subset=[c])
            first = k.groupby(c)["day"].transform("min")
            f[f"{name}_new_share"] = div(((k["day"] == first) & (first > k["day"].min())).sum(), len(k))
        for c, name in [("ip", "ip"), ("device_id", "device"), ("session_id", "session")]:
            k = g[c].dropna()
            f[f"{name}_shared_max"] = int(k.map(reach[c]).max() - 1) if len(k) else None
        k = g["ip"].dropna()
        f["ip_shared_mean"] = float(k.map(reach["ip"]).mean() - 1) if len(k) else None
        k = g.dropna(subset=["ip", "prev_ip"])
        f["ip_switch_share"] = div((k["ip"] != k["prev_ip"]).sum(), len(k))
        shares = []
        for ip in g["ip"].dropna():
            if ip not in at_ip.index:
                continue
            mine = own_ip.loc[(actor, ip)] if (actor, ip) in own_ip.index else {"sum": 0, "count": 0}
            others = at_ip.loc[ip, "count"] - mine["count"]
            if others > 0:
                shares.append((at_ip.loc[ip, "sum"] - mine["sum"]) / others)
        f["ip_others_failure_share"] = float(np.mean(shares)) if shares else None
        for c, name in [("user_agent", "agent"), ("asn", "asn"), ("c_plan", "c_plan")]:
            k = g[c].dropna()
            f[f"{name}_rarity"] = float(-np.log2(k.map(reach[c]) / everyone[c]).mean()) if len(k) else None
        k = g.dropna(subset=["country", "prev_country"])
        f["country_hop_share"] = div(((k["country"] != k["prev_country"]) & (k["gap"] <= 3600)).sum(), len(k))

        r = inbound[inbound["object_id"] == actor]
        senders = r["actor_id"].unique()
        f["received_events"] = len(r)
        f["sender_count"] = len(senders)
        f["received_share"] = len(r) / (len(r) + n)
        f["reciprocity_share"] = div(sum((actor, x) in edges for x in senders), len(senders))
        f["fan_in_day"] = int(r.groupby("day")["actor_id"].nunique().max()) if len(r) else 0
        total_in = r["size"].sum()
        f["amount_received"] = float(total_in)
        f["amount_in_share"] = div(total_in, total_in + s.sum()) if len(r) else 0
        sent = g.groupby("day")["size"].sum()
        passed = 0.0
        for day, received in r.groupby("day")["size"].sum().items():
            passed += min(received, sent.get(day, 0.0) + sent.get(day + pd.Timedelta(days=1), 0.0))
        f["pass_through_share"] = div(passed, total_in)

        for c in ["text_length", "text_entropy"]:
            k = g[c].dropna()
            f[f"{c}_mean"] = float(k.mean()) if len(k) else None
        k = g["text_digest"].dropna()
        f["text_repeat_share"] = 1 - k.nunique() / len(k) if len(k) else None
        f["text_copied_share"] = div(sum(reach["text_digest"][x] > 1 for x in k), len(k))

        k = g["action"].dropna()
        f["action_entropy"] = entropy(k.value_counts()) if len(k) else None
        f["action_top_share"] = div(k.value_counts().max(), len(k)) if len(k) else None
        for i in range(6):
            f[f"action_share_do_{i}"] = div((k == f"do-{i}").sum(), len(k)) if len(k) else None
        m = g.dropna(subset=["prev_action", "action"])
        counts = m.groupby(["prev_action", "action"]).size()
        f["bigram_entropy"] = entropy(counts) if len(m) else None
        f["bigram_top_share"] = div(counts.max(), len(m)) if len(m) else None
        p = [step[(x, y)] / leave[x] for x, y in zip(m["prev_action"], m["action"])]
        f["action_surprise"] = float(-np.log2(p).mean()) if p else None

        k = g["m_load"].dropna()
        f["m_load_median"] = float(k.median()) if len(k) else None
        f["m_load_max"] = float(k.max()) if len(k) else None
        f["m_load_spread"] = float(k.quantile(0.75) - k.quantile(0.25)) if len(k) >= 2 else None
        out[actor] = {name: None if x is None else float(x) for name, x in f.items()}
    return out


if __name__ == "__main__":
    events = generate()
    events.to_csv(HERE / "features-events.csv", index=False, date_format="%Y-%m-%d %H:%M:%S.%f")
    golden = {"pandas": pd.__version__, "numpy": np.__version__, "actors": features(events)}
    (HERE / "features.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
