"""FER+ pictures, votes and the original FER2013 labels, read once into a numpy cache."""

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from .labels import FER2013_MISSING, FERPLUS_COLUMNS, FERPLUS_OTHER_COLUMNS, LABELS

SIDE = 48
SPLITS = ("train", "valid", "test")


@dataclass
class Faces:
    """One split: pictures [N,48,48] uint8, votes [N,10], and FER2013 labels [N] (-1 = none)."""

    images: np.ndarray
    votes: np.ndarray
    original: np.ndarray

    def __len__(self) -> int:
        return len(self.images)

    def take(self, index: np.ndarray) -> "Faces":
        return Faces(self.images[index], self.votes[index], self.original[index])


def load(data: Path | None, work: Path, split: str) -> Faces:
    """Reads a split from its cache in `work`, filling the cache from `data` on the first call."""
    cache = work / f"{split}.npz"
    if not cache.exists():
        faces = made_up(split) if data is None else _read_zip(data / "ferplus", split)
        work.mkdir(parents=True, exist_ok=True)
        np.savez(cache, images=faces.images, votes=faces.votes, original=faces.original)
    with np.load(cache) as stored:
        return Faces(stored["images"], stored["votes"], stored["original"])


def _read_zip(folder: Path, split: str) -> Faces:
    with open(folder / "fer2013_labels.csv", newline="") as lines:
        original = {row["image"]: LABELS.index(row["label"]) for row in csv.DictReader(lines)}
    with zipfile.ZipFile(folder / f"{split}.zip") as pack:
        table = next(name for name in pack.namelist() if name.endswith("labels.csv"))
        rows = list(csv.DictReader(io.StringIO(pack.read(table).decode())))
        prefix = table[: -len("labels.csv")]
        images = np.stack([_decode(pack.read(prefix + row["image"])) for row in rows])
    columns = FERPLUS_COLUMNS + FERPLUS_OTHER_COLUMNS
    votes = np.array([[int(row[column]) for column in columns] for row in rows], np.float32)
    labels = np.array([original.get(row["image"], FER2013_MISSING) for row in rows], np.int64)
    return Faces(images, votes, labels)


def _decode(png: bytes) -> np.ndarray:
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None or image.shape != (SIDE, SIDE):
        raise ValueError(f"expected a readable {SIDE}x{SIDE} picture, got {None if image is None else image.shape}")
    return image


def made_up(split: str, count: int = 320) -> Faces:
    """Drawn stand-ins, one pattern a class: enough to run every step where the data is absent."""
    rng = np.random.default_rng(SPLITS.index(split))
    label = rng.integers(0, len(LABELS), count)
    rows, columns = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    angle = (label * np.pi / len(LABELS))[:, None, None]
    phase = rng.uniform(0, 2 * np.pi, (count, 1, 1))
    wave = np.sin(18 * (np.cos(angle) * columns + np.sin(angle) * rows) + phase)
    images = np.clip(128 + 80 * wave + rng.normal(0, 20, (count, SIDE, SIDE)), 0, 255).astype(np.uint8)
    votes = np.zeros((count, 10), np.float32)
    votes[np.arange(count), label] = 9
    votes[np.arange(count), rng.integers(0, len(LABELS), count)] += 1
    return Faces(images, votes, np.where(label == LABELS.index("contempt"), FER2013_MISSING, label))


def target_distribution(votes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The training target [N,8] and a weight [N].

    Single votes are dropped as the annotation's authors do for testing, unless nothing else is left; the weight is the
    share of voters who saw one of the eight expressions, so a picture most called unknown or no face counts little.
    """
    expression = votes[:, : len(LABELS)]
    kept = np.where(expression > 1, expression, 0)
    kept = np.where(kept.sum(1, keepdims=True) > 0, kept, expression)
    weight = expression.sum(1) / np.maximum(votes.sum(1), 1)
    return (kept / np.maximum(kept.sum(1, keepdims=True), 1)).astype(np.float32), weight.astype(np.float32)


def protocol(votes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The standard protocol: indices of the pictures that count, and their classes."""
    kept = np.where(votes > 1, votes, 0)
    best = kept.argmax(1)
    counts = (kept.max(1) > kept.sum(1) / 2) & (best < len(LABELS))
    index = np.flatnonzero(counts)
    return index, best[index]
