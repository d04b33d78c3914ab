"""A private forest, from its description alone: splits of declared bounds and a seed, leaves, counts and scores.

Written against core/random/random.ts and core/release/private-forest as documents, in plain Python (3.11, no packages):
    python3 test/golden/private-forest.py > test/golden/private-forest.json
"""
import json
import math

M = 0xFFFFFFFF


def split_mix(state):
    x = state & M

    def step():
        nonlocal x
        x = (x + 0x9E3779B9) & M
        z = x
        z = ((z ^ (z >> 16)) * 0x85EBCA6B) & M
        z = ((z ^ (z >> 13)) * 0xC2B2AE35) & M
        return z ^ (z >> 16)

    return step


class Random:
    """xoshiro128** 1.1 (Blackman & Vigna 2021)."""

    def __init__(self, seed):
        self.root = (seed ^ (seed >> 32)) & M
        mix = split_mix(self.root)
        self.s = [mix(), mix(), mix(), mix() | 1]

    def uint32(self):
        a, b, c, d = self.s
        b5 = (b * 5) & M
        result = ((((b5 << 7) | (b5 >> 25)) & M) * 9) & M
        t = (b << 9) & M
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = ((d << 11) | (d >> 21)) & M
        self.s = [a, b, c, d]
        return result

    def real(self):
        high = self.uint32()
        return (high * 2**21 + (self.uint32() >> 11)) * 2.0**-53

    def below(self, n):
        while True:
            product = self.uint32() * n
            low = product & M
            if low >= n or low >= 2**32 % n:
                return product >> 32

    def fork(self, number):
        h = (self.root ^ 0x811C9DC5) & M
        for unit in f"#{number}":
            h = ((h ^ ord(unit)) * 0x01000193) & M
        return Random(split_mix(h)())


def value_at(bounds, place):
    scaled = place * (len(bounds) - 1)
    mark = min(math.floor(scaled), len(bounds) - 2)
    return bounds[mark] + (bounds[mark + 1] - bounds[mark]) * (scaled - mark)


def grow(features, depth, random):
    feature, threshold, volume = [0] * (2**depth - 1), [0.0] * (2**depth - 1), [0.0] * 2**depth

    def node(i, box, share):
        if i >= 2**depth - 1:
            volume[i - 2**depth + 1] = share
            return
        chosen = random.below(len(features))
        low, high = box.get(chosen, (0.0, 1.0))
        part = random.real()
        at = low + (high - low) * part
        feature[i], threshold[i] = chosen, value_at(features[chosen]["bounds"], at)
        node(2 * i + 1, {**box, chosen: (low, at)}, share * part)
        node(2 * i + 2, {**box, chosen: (at, high)}, share * (1 - part))

    node(0, {}, 1.0)
    return {"feature": feature, "threshold": threshold, "volume": volume}


def leaf_of(tree, row, depth):
    i = 0
    while i < 2**depth - 1:
        x = row[tree["feature"][i]]
        i = 2 * i + (2 if x is not None and x >= tree["threshold"][i] else 1)
    return i - 2**depth + 1


FEATURES = [
    {"name": "events", "bounds": [0, 10, 100, 1000]},
    {"name": "share", "bounds": [0, 1]},
    {"name": "drift", "bounds": [-2.5, 0.5]},
]
SETTINGS = {"features": FEATURES, "trees": 5, "depth": 4, "seed": 4294967295}
ROWS = [[(i * 37) % 1100, ((i * 13) % 29) / 28, ((i * 7) % 41) / 8 - 3] for i in range(60)]
ROWS[7][0] = None
ROWS[8] = [None, None, None]

random = Random(SETTINGS["seed"])
trees = [grow(FEATURES, SETTINGS["depth"], random.fork(t)) for t in range(SETTINGS["trees"])]
leaves = [[leaf_of(tree, row, SETTINGS["depth"]) for row in ROWS] for tree in trees]
counts = [[of.count(leaf) for leaf in range(2 ** SETTINGS["depth"])] for of in leaves]
scores = [
    -sum(counts[t][leaves[t][i]] / math.sqrt(math.sqrt(trees[t]["volume"][leaves[t][i]])) for t in range(len(trees)))
    / len(trees)
    for i in range(len(ROWS))
]
print(json.dumps({"settings": SETTINGS, "rows": ROWS, "trees": trees, "counts": counts, "scores": scores}))
