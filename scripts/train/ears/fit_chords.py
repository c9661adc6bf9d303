"""Learns from examples of train-ears --chords what speaks for each chord.

    fit_chords.py NET FOLDER [--test FOLDER]

Writes NET, which crates/audio compiles in (chord_model.rs): for each of ten qualities, and for a single note, 48 weights
(pitch classes from the root in three registers, and of the bass) and a bias. A softmax over 120
chords and 12 notes: the same templates on every root. Prints how often the likeliest chord is the right one.
numpy only.
"""

import argparse
import glob

import numpy as np

QUALITIES = ["maj", "min", "7", "maj7", "min7", "sus2", "sus4", "dim", "aug", "5", "note"]
COLUMNS, NUMBERS = 4, 48
# Weight decay, and how much more triads are to be expected than they are in the examples: most of
# what a beginner plays is one, and a faint seventh is more often a partial.
DECAY = 2e-6
TRIADS = 2.0
STEPS, RATE = 500, 0.3


def read(folder):
    rows = [np.fromfile(f, "<f4") for f in sorted(glob.glob(f"{folder}/examples-*.f32"))]
    rows = np.concatenate(rows).reshape(-1, COLUMNS + NUMBERS)
    return {
        "family": rows[:, 0].astype(int),
        "root": rows[:, 1].astype(int),
        "quality": rows[:, 2].astype(int),
        "odd": rows[:, 3] > 0.5,
        "x": rows[:, COLUMNS:],
    }


def turned(x):
    """Examples, roots, numbers from that root."""
    registers = x.reshape(len(x), NUMBERS // 12, 12)
    return np.stack([np.roll(registers, -r, axis=2).reshape(len(x), -1) for r in range(12)], 1)


def scores(x, weights, bias):
    return np.einsum("nrd,qd->nrq", turned(x), weights) + bias


def learn(data):
    """Adam on the whole batch, a falling step."""
    x = turned(data["x"]).astype(np.float32)
    n, qualities = len(x), len(QUALITIES)
    truth = data["root"] * qualities + data["quality"]
    weigh = np.where(data["quality"] < 2, TRIADS, 1.0)
    weigh = (weigh / weigh.sum()).astype(np.float32)
    theta = np.zeros((qualities, NUMBERS + 1), np.float32)
    first, second = np.zeros_like(theta), np.zeros_like(theta)
    flat = x.reshape(-1, NUMBERS)
    for step in range(1, STEPS + 1):
        z = (flat @ theta[:, :-1].T + theta[:, -1]).reshape(n, -1)
        z = np.exp(z - z.max(1, keepdims=True))
        z /= z.sum(1, keepdims=True)
        z[np.arange(n), truth] -= 1
        z *= weigh[:, None]
        z = z.reshape(-1, qualities)
        slope = np.concatenate([z.T @ flat, z.sum(0)[:, None]], 1)
        slope[:, :-1] += 2 * DECAY * theta[:, :-1]
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS))
        a, b = first / (1 - 0.9**step), second / (1 - 0.999**step)
        theta -= rate * a / (np.sqrt(b) + 1e-8)
    return theta[:, :-1], theta[:, -1]


def report(name, data, weights, bias):
    found = scores(data["x"], weights, bias).reshape(len(data["x"]), -1).argmax(1)
    right = found == data["root"] * len(QUALITIES) + data["quality"]
    triads = data["quality"] < 2

    def share(keep):
        return f"{100 * right[keep].mean():.1f} % of {keep.sum()}" if keep.any() else "-"

    print(f"{name}: triads {share(triads)}, odd fingerings {share(triads & data['odd'])}, "
          f"all qualities {share(triads | True)}")
    for family in np.unique(data["family"]):
        here = data["family"] == family
        print(f"  family {family}: triads {share(triads & here)}, all {share(here)}")
    for number, quality in enumerate(QUALITIES):
        print(f"  {quality}: {share(data['quality'] == number)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("net")
    parser.add_argument("folder")
    parser.add_argument("--test")
    args = parser.parse_args()
    data = read(args.folder)
    weights, bias = learn(data)
    report("learnt", data, weights, bias)
    if args.test:
        report("test", read(args.test), weights, bias)
    rows = np.concatenate([weights, bias[:, None]], 1).astype("<f4")
    with open(args.net, "wb") as file:
        file.write(b"PRCHD1\0\0" + rows.tobytes())


if __name__ == "__main__":
    main()
