"""Makes the sets that the emotion model learns from and is checked on: `python3 -m emotion.made.dataset` in models/training.

People are kept apart: photographs of FER+ Train and of two in three London people for training, of Valid and the others for checks.
"""

import argparse
import csv
import io
import zipfile
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np

from .. import data
from ..labels import LABELS
from . import marks, mesh, motion, muscles
from .draw import Look, MadePerson, PhotographedPerson

ROOT = Path(__file__).resolve().parents[4]
# Of ten voters at least so many saw a neutral face, and the second look is at least so sure of it.
CALM_VOTES, SURE = 7, 0.9
# Pixels of 48: a face that is turned further shows too little of its far half to be moved.
FRONTAL = 2.3
CHUNK = 64


@dataclass
class Album:
    """Resting faces with their five points; pictures of different sizes."""

    photos: list[np.ndarray]
    points: list[np.ndarray]


def london(folder: Path | None, held_out: bool) -> dict[str, list[tuple[str, np.ndarray]]]:
    """The London set's pictures by person; every third person is held out. Without a folder, drawn stand-ins."""
    if folder is None:
        faces = data.made_up("valid" if held_out else "train", 8).images
        return {str(n): [("neutral", one), ("happy", other)] for n, (one, other) in enumerate(zip(faces[::2], faces[1::2]))}
    people: dict[str, list[tuple[str, np.ndarray]]] = {}
    with zipfile.ZipFile(folder / "london" / "london.zip") as pack:
        for row in csv.DictReader(io.StringIO(pack.read("labels.csv").decode())):
            picture = cv2.imdecode(np.frombuffer(pack.read("images/" + row["image"]), np.uint8), cv2.IMREAD_GRAYSCALE)
            people.setdefault(row["person"], []).append((row["label"], picture))
    return {person: pictures for n, (person, pictures) in enumerate(sorted(people.items())) if (n % 3 == 0) == held_out}


def album(folder: Path | None, work: Path, split: str) -> Album:
    """Calm photographs of one split, with the points that the second look sees."""
    if folder is None:
        faces = data.made_up(split, 8).images
        return Album(list(faces), [mesh.TEMPLATE] * len(faces))
    faces = data.load(folder, work, split)
    calm = np.flatnonzero((faces.votes[:, 0] >= CALM_VOTES) & (faces.votes[:, len(LABELS):].sum(1) == 0))
    look = marks.SecondLook(ROOT / "models/face-close.onnx")
    points, sure = marks.find(look, faces.images[calm])
    kept = (sure > SURE) & np.array([_misplaced(found) < FRONTAL for found in points])
    photos, places = list(faces.images[calm][kept]), list(points[kept])
    resting = [picture for pictures in london(folder, split != "train").values() for label, picture in pictures if label == "neutral"]
    points, _ = marks.find(look, np.stack(resting))
    # A third of the photographs of the sharper set, however few its people.
    again = max(1, len(photos) // (3 * len(resting))) if split == "train" else 1
    return Album(photos + resting * again, places + list(points) * again)


def _misplaced(points: np.ndarray) -> float:
    """Root mean square distance of five points from where a frontal face has them."""
    matrix = mesh.similarity(mesh.TEMPLATE, points)
    off = mesh.TEMPLATE @ matrix[:, :2].T + matrix[:, 2] - points
    return float(np.sqrt((off * off).sum(1).mean()))


def _person(rng: np.random.Generator) -> MadePerson | PhotographedPerson:
    if rng.random() < _made:
        return MadePerson(_mesh, rng)
    n = int(rng.integers(len(_album.photos)))
    photo, points = _album.photos[n], _album.points[n]
    return PhotographedPerson(_mesh, photo, points, rng)


def _sequences(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    frames, elapsed, target, made = [], [], [], []
    for _ in range(CHUNK):
        person = _person(rng)
        made.append(isinstance(person, MadePerson))
        scene = motion.write(rng, 1.0 if made[-1] else 0.5)
        frames.append(np.stack([person.draw(look) for look in scene.looks]))
        elapsed.append(scene.elapsed)
        target.append(scene.target)
    return np.stack(frames), np.stack(elapsed), np.stack(target), np.array(made)


def _stills(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Two pictures a person, at rest and with an expression, so that no face betrays what it shows."""
    rng = np.random.default_rng(seed)
    faces, share, made, people = [], [], [], []
    for n in range(CHUNK):
        person, usual = _person(rng), motion.habits(rng)
        turns = 1.0 if isinstance(person, MadePerson) else 0.5
        label = int(rng.integers(1, len(LABELS)))
        level = rng.uniform(0.5, 1.4)
        for shown in (0, label):
            weights = dict(usual)
            for name, weight in muscles.draw(LABELS[shown], rng).items():
                weights[name] = min(1.5, weights.get(name, 0) + weight * level)
            look = Look(weights, rng.normal(0, 0.15 * turns), rng.normal(0, 0.08 * turns), rng.normal(0, 0.04), tuple(rng.normal(0, 0.12, 2)))
            faces.append(person.draw(look))
            target = np.zeros(len(LABELS), np.float32)
            target[shown] = 1 if shown == 0 else motion.smooth((level - motion.FAINT) / (motion.CLEAR - motion.FAINT))
            target[0] += 1 - target.sum()
            share.append(target)
            made.append(isinstance(person, MadePerson))
            people.append(seed * CHUNK + n)
    return np.stack(faces), np.stack(share), np.array(made), np.array(people)


_mesh: mesh.Mesh
_album: Album
_made = 0.3


def _begin(folder: Path | None, of: Album, made: float) -> None:
    global _mesh, _album, _made
    cv2.setNumThreads(1)
    _mesh, _album, _made = mesh.made_up() if folder is None else mesh.load(folder), of, made


@dataclass(frozen=True)
class Plan:
    """How much is made."""

    stills: int = 32768  # people, two pictures each
    sequences: int = 10368
    checked_stills: int = 768
    checked_sequences: int = 256
    made: float = 0.3  # share of people drawn from nothing
    processes: int = 2


def fill(folder: Path | None, work: Path, plan: Plan) -> None:
    """Makes the sets that are not in `work` yet; without `folder`, from stand-ins."""
    for split, stills, sequences, seed in (("train", plan.stills, plan.sequences, 0), ("valid", plan.checked_stills, plan.checked_sequences, 900_000)):
        for name, draw, count, keys in (("stills", _stills, stills, ("faces", "target", "made", "people")),
                                        ("sequences", _sequences, sequences, ("frames", "elapsed", "target", "made"))):
            path = work / f"made-{split}-{name}.npz"
            if path.exists():
                continue
            parts, total = [], -(-count // CHUNK)
            with Pool(plan.processes, _begin, (folder, album(folder, work, split), plan.made)) as pool:
                for done, part in enumerate(pool.imap(draw, range(seed, seed + total)), 1):
                    parts.append(part)
                    print(f"\r{split} {name} {done}/{total}", end="", flush=True)
            print(flush=True)
            np.savez(path, **dict(zip(keys, (np.concatenate(column) for column in zip(*parts)))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--work", type=Path, default=ROOT / "models/training/work/emotion")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    fill(args.data, args.work, Plan())


if __name__ == "__main__":
    main()
