"""Learns from examples of train-ears whether a string rings and whether it was struck.

    fit.py NET FOLDER… [--test FOLDER…] [--epochs N] [--seeds N]

Writes NET, the weights that crates/audio compiles in: small perceptrons (rectified linear, three
outputs: log-odds of ringing at the pitch, of having been struck, of buzzing if it rings). Prints the area under
the ROC curve and the calibration per family, for FOLDER's own validation strums and for --test,
whose families and guitars no weight has seen. numpy only.
"""

import argparse
import glob
import struct
from pathlib import Path

import numpy as np

HIDDEN = (96, 48)
# Noise on the standardised inputs and weight decay: what keeps it from learning the guitars by heart.
NOISE = 0.4
DECAY = 1e-4
COLUMNS = 12
# Share of the wrong alternatives that do not ring which is learnt from: they are many and alike.
ALTERNATIVES = 0.5


class Examples:
    """Rows of one or several folders."""

    def __init__(self, folders, width):
        parts = []
        for number, folder in enumerate(folders):
            for file in sorted(glob.glob(f"{folder}/examples-*.f32")):
                raw = np.fromfile(file, "<f4")
                rows = raw[: len(raw) // width * width].reshape(-1, width)
                parts.append((rows, number))
        rows = np.concatenate([rows for rows, _ in parts])
        folder = np.concatenate([np.full(len(rows), number) for rows, number in parts])
        (self.family, self.strum, self.kind, self.string, self.asked, self.main, self.shared,
         self.rings, self.struck, self.cents, self.barre, self.buzz) = rows[:, :COLUMNS].T
        self.strum = self.strum + 1_000_000 * folder
        self.x = rows[:, COLUMNS:]

    def only(self, keep):
        part = object.__new__(Examples)
        part.__dict__ = {name: values[keep] for name, values in self.__dict__.items()}
        return part


def area(truth, score):
    """Area under the ROC curve (Mann and Whitney)."""
    truth = truth > 0.5
    if truth.all() or not truth.any():
        return float("nan")
    order = np.argsort(score, kind="stable")
    rank = np.empty(len(score))
    rank[order] = np.arange(1, len(score) + 1)
    positive = truth.sum()
    negative = len(truth) - positive
    return (rank[truth].sum() - positive * (positive + 1) / 2) / (positive * negative)


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def calibration_error(truth, z, bins=10):
    """Expected calibration error of the likelier side."""
    p = sigmoid(z)
    sure, right = np.maximum(p, 1 - p), (p > 0.5) == (truth > 0.5)
    place = np.minimum((sure - 0.5) * 2 * bins, bins - 1).astype(int)
    return sum(
        abs(right[place == b].mean() - sure[place == b].mean()) * (place == b).mean()
        for b in range(bins)
        if (place == b).any()
    )


def weights_of(examples):
    """Asked pitches count most; the many wrong alternatives are no louder together."""
    alternative = examples.main < 0.5
    weight = np.where(alternative, 0.25 / ALTERNATIVES, 1.0)
    weight[alternative & (examples.rings > 0.5)] = 2.0
    weight[(examples.main > 0.5) & (examples.asked < 0.5)] = 1.0
    return weight.astype(np.float32)


def start(sizes, dice):
    return [
        [dice.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32), np.zeros(b, np.float32)]
        for a, b in zip(sizes, sizes[1:])
    ]


def forward(layers, x):
    kept = [x]
    for number, (w, b) in enumerate(layers):
        x = x @ w + b
        if number + 1 < len(layers):
            x = np.maximum(x, 0)
        kept.append(x)
    return kept


def train(examples, held, epochs, seed):
    """Adam on the weighted cross-entropy; the weights of the best epoch on `held` are kept."""
    dice = np.random.default_rng(seed)
    mean, deviation = examples.x.mean(0), examples.x.std(0) + 1e-3
    x = ((examples.x - mean) / deviation).clip(-5, 5).astype(np.float32)
    check = ((held.x - mean) / deviation).clip(-5, 5).astype(np.float32)
    truth = np.stack([examples.rings, examples.struck, examples.buzz > 0], 1).astype(np.float32)
    weight = weights_of(examples)
    # Whether it was struck is asked of the string, not of a pitch; how it rings only if it does.
    main = examples.main > 0.5
    heads = [weight, 0.3 * weight * main, 0.3 * weight * main * (examples.rings > 0.5)]
    both = np.stack(heads, 1).astype(np.float32)
    layers = start((x.shape[1], *HIDDEN, 3), dice)
    moments = [[np.zeros_like(p), np.zeros_like(p)] for layer in layers for p in layer]
    best, kept, step, batch = np.inf, None, 0, 1024
    held_weight = weights_of(held)
    for epoch in range(epochs):
        rate = 4e-3 * 0.5 * (1 + np.cos(np.pi * epoch / epochs))
        order = dice.permutation(len(x))
        for first in range(0, len(order), batch):
            rows = order[first : first + batch]
            noisy = x[rows] + np.float32(NOISE) * dice.standard_normal((len(rows), x.shape[1]), np.float32)
            outputs = forward(layers, noisy)
            slope = (sigmoid(outputs[-1]) - truth[rows]) * both[rows] / np.float32(len(rows))
            step += 1
            gradients = []
            for number in reversed(range(len(layers))):
                w, _ = layers[number]
                gradients[:0] = [outputs[number].T @ slope + DECAY * w, slope.sum(0)]
                if number:
                    slope = (slope @ w.T) * (outputs[number] > 0)
            flat = [p for layer in layers for p in layer]
            for p, g, (m, v) in zip(flat, gradients, moments):
                m += 0.1 * (g - m)
                v += 0.001 * (g * g - v)
                p -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
        z = forward(layers, check)[-1][:, 0]
        p = sigmoid(z).clip(1e-6, 1 - 1e-6)
        loss = -(held_weight * np.where(held.rings > 0.5, np.log(p), np.log(1 - p))).mean()
        if loss < best:
            best, kept = loss, [[w.copy(), b.copy()] for w, b in layers]
        if epoch % 5 == 4:
            print(f"  epoch {epoch + 1}: held loss {loss:.4f}, best {best:.4f}", flush=True)
    return mean, deviation, kept


def folded(mean, deviation, layers):
    """The first layer takes raw numbers; clipping stays with the reader."""
    return mean.astype(np.float32), (1 / deviation).astype(np.float32), layers


def write(path, nets):
    with open(path, "wb") as file:
        file.write(b"PRNET1\0\0")
        file.write(struct.pack("<I", len(nets)))
        for mean, scale, layers in nets:
            sizes = [layers[0][0].shape[0]] + [b.shape[0] for _, b in layers]
            file.write(struct.pack(f"<{len(sizes) + 1}I", len(sizes), *sizes))
            for part in (mean, scale):
                file.write(part.astype("<f4").tobytes())
            for w, b in layers:
                file.write(w.T.astype("<f4").tobytes())
                file.write(b.astype("<f4").tobytes())


def answer(nets, x):
    total = 0
    for mean, scale, layers in nets:
        total = total + forward(layers, ((x - mean) * scale).clip(-5, 5).astype(np.float32))[-1]
    return total / len(nets)


def report(name, examples, nets):
    z = answer(nets, examples.x)
    asked = (examples.main > 0.5) & (examples.asked > 0.5)
    print(f"{name}: {len(np.unique(examples.strum))} strums")
    for label, keep in (("free", examples.shared < 0.5), ("shared", examples.shared > 0.5)):
        for family in [None, *np.unique(examples.family)]:
            own = asked & keep & (True if family is None else examples.family == family)
            if own.sum() < 50:
                continue
            truth, odds = examples.rings[own], z[own, 0]
            ringing = np.sort(odds[truth > 0.5])
            limit = ringing[int(0.002 * len(ringing))] if len(ringing) else 0
            silent = odds[truth < 0.5]
            named = (silent < limit).mean() if len(silent) else float("nan")
            passes = np.sort(silent)[::-1]
            safe = passes[int(0.03 * len(passes))] if len(passes) else 0
            praised = (odds[truth > 0.5] > safe).mean()
            print(
                f"  {label:6} family {'all' if family is None else int(family)}: n {own.sum():6}"
                f" AUC {area(truth, odds):.4f} ECE {calibration_error(truth, odds):.3f}"
                f" | named at .2 % accused {named:.3f} (z {limit:+.1f})"
                f" | praised at 3 % passed {praised:.3f} (z {safe:+.1f})"
            )
    other = (examples.main < 0.5) | (examples.asked < 0.5)
    print(f"  other pitches: AUC {area(examples.rings[other], z[other, 0]):.4f}"
          f" ECE {calibration_error(examples.rings[other], z[other, 0]):.3f}")
    quiet = asked & (examples.rings < 0.5)
    print(f"  struck or not, of strings that do not ring: AUC {area(examples.struck[quiet], z[quiet, 1]):.3f}")
    ringing = asked & (examples.rings > 0.5)
    print(f"  buzzing or not, of those that ring: AUC {area(examples.buzz[ringing] > 0, z[ringing, 2]):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("net", type=Path)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    width = int(Path(args.folders[0], "width").read_text())
    everything = Examples(args.folders, width)
    held = everything.strum.astype(int) % 10 == 0
    alike = (everything.main < 0.5) & (everything.rings < 0.5)
    dropped = alike & (np.random.default_rng(0).random(len(alike)) > ALTERNATIVES)
    learn, check = everything.only(~held & ~dropped), everything.only(held)
    del everything
    print(f"{len(learn.x)} rows to learn from, {len(check.x)} to stop by", flush=True)
    nets = [folded(*train(learn, check, args.epochs, seed)) for seed in range(args.seeds)]
    write(args.net, nets)
    report("validation (families seen)", check, nets)
    for folder in args.test:
        report(f"test {folder} (families unseen)", Examples([folder], width), nets)


if __name__ == "__main__":
    main()
