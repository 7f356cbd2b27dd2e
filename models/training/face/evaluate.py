"""Measures detectors on the test pictures: `python3 -m face.evaluate --help`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import cv2
import numpy as np
import torch

from face.augment import Composer, pool_of
from face.data import KINDS, Picture, read_faces, read_negatives
from face.decode import decode, overlap
from face.export import YuNetLayout
from face.haar import fitted
from face.metrics import Outcome, point_error
from face.net import FaceNet
from face.teacher import OUTPUTS, OnnxDetector

# Boxes below this score are not looked at; average precision needs the low ones too.
FLOOR = 0.02
# The server's default threshold, to which the exported scores are calibrated.
THRESHOLD = 0.6
Detector = Callable[[np.ndarray], dict[str, np.ndarray]]
Results = list[tuple[Picture, dict[str, np.ndarray]]]


def detect(run: Callable[[torch.Tensor], dict[str, torch.Tensor]], pixels: np.ndarray) -> dict[str, np.ndarray]:
    """Faces of one picture at its own size, black added right and below up to multiples of 32."""
    height, width = pixels.shape[:2]
    whole = cv2.copyMakeBorder(pixels, 0, -height % 32, 0, -width % 32, cv2.BORDER_CONSTANT)
    planes = np.ascontiguousarray(whole.transpose(2, 0, 1)) if whole.ndim == 3 else whole[None]
    return decode(run(torch.from_numpy(planes)[None].float()), *whole.shape[:2], FLOOR)[0]


class NetDetector:
    """A network in training, as a detector of grey pictures."""

    def __init__(self, net: FaceNet) -> None:
        self.layout = YuNetLayout(net.eval())

    @torch.no_grad()
    def __call__(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        return detect(lambda grey: dict(zip(OUTPUTS, self.layout(grey))), pixels)


class FileDetector:
    """A detector file; gets the colours if it asks for them, unless `grey` withholds them."""

    def __init__(self, path: Path, grey: bool = False) -> None:
        self.model = OnnxDetector(path)
        self.grey = grey or self.model.channels == 1

    def __call__(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        if self.grey and pixels.ndim == 3:
            pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return detect(self.model, pixels)


def corners(faces: np.ndarray) -> np.ndarray:
    """Corner boxes of face rows (data.py)."""
    return np.concatenate([faces[:, :2], faces[:, :2] + faces[:, 2:4]], 1)


def people_drawn(results: Results, low: float, high: float, bare_only: bool = False) -> Outcome:
    """Outcome on the pictures where people drew the boxes, for faces of `low`..`high` pixels."""
    outcome = Outcome()
    for picture, found in results:
        if picture.group != "crowd":
            continue
        side = np.sqrt(picture.faces[:, 2:4].prod(1))
        counts = (side >= low) & (side < high)
        if bare_only:
            counts &= picture.faces[:, 16] == KINDS["without_mask"]
        outcome.add(found, corners(picture.faces), counts, low, high)
    return outcome


def teachers(results: Results, groups: tuple[str, ...] = ("street", "portrait", "head"), low: float = 0) -> Outcome:
    """Outcome on the pictures where YuNet drew the boxes, for those it was sure of (score >= 0.7)."""
    outcome = Outcome()
    for picture, found in results:
        if picture.group in groups:
            sure = (picture.faces[:, 14] >= 0.7) & (np.sqrt(picture.faces[:, 2:4].prod(1)) >= low)
            outcome.add(found, corners(picture.faces), sure, low, np.inf)
    return outcome


def clean_negatives(results: Results, threshold: float) -> float:
    """Share of the pictures without a face in which none is found."""
    clean = [not (f["scores"] >= threshold).any() for p, f in results if p.group == "negative"]
    return float(np.mean(clean)) if clean else 1.0


def threshold_for(results: Results, clean: float) -> float:
    """The lowest threshold at which that share of the negatives stays clean."""
    tops = sorted(max([0.0, *f["scores"]]) for p, f in results if p.group == "negative")
    return tops[min(len(tops) - 1, int(np.ceil(clean * len(tops))) - 1)] + 1e-3 if tops else 0.0


def head_points(results: Results, sound_only: bool = True) -> list[float]:
    """Point errors on the heads whose points people marked, of the box that overlaps the head most.

    `sound_only` leaves out the marks that lie beside the face (data.points_fit).
    """
    errors = []
    for picture, found in results:
        wanted = picture.group == "head" and (picture.faces[0, 15] or not sound_only)
        if wanted and len(found["scores"]):
            nearest = int(overlap(corners(picture.faces)[0], found["boxes"]).argmax())
            errors.append(point_error(found["points"][nearest], picture.faces[0, 4:14].reshape(5, 2)))
    return errors


def turn(picture: Picture) -> float:
    """How far a head is turned: the nose's way from the eyes' middle, along the eyes, in eye distances."""
    right, left, nose = picture.faces[0, 4:10].reshape(3, 2)
    axis = left - right
    return float(abs((nose - (right + left) / 2) @ axis) / max(axis @ axis, 1e-6))


def summary(detector: Detector, pictures: list[Picture], threshold: float = THRESHOLD) -> dict[str, float]:
    """The few figures that checkpoints are chosen by."""
    results = [(p, detector(p.pixels)) for p in pictures]
    teacher, points = teachers(results), head_points(results)
    strict = threshold_for(results, 0.99)
    figures = {
        "crowd_ap32": people_drawn(results, 32, np.inf).average_precision(),
        "crowd_ap": people_drawn(results, 0, np.inf).average_precision(),
        "teacher_recall": teacher.recall_at(threshold), "clean": clean_negatives(results, threshold),
        "threshold99": strict, "teacher_recall99": teacher.recall_at(strict),
        "points": float(np.median(points)) if points else 0.0,
        "box": float(np.median(teacher.box_errors)) if teacher.box_errors else 0.0}
    return {k: round(v, 4) for k, v in figures.items()}


@dataclass
class Column:
    """A detector in the table, with its name, its default threshold, and whether it gives points."""

    name: str
    detector: Detector
    threshold: float
    points: bool = True


def test_sets(data: Path) -> dict[str, list[Picture]]:
    """The test pictures as they are, and frames composed of them as a webcam might give them."""
    plain = read_faces(data / "faces", ("test",), colour=True) + read_negatives(data / "faces", ("test",), colour=True)
    grey = [p for p in read_faces(data / "faces", ("test",)) if p.group in ("portrait", "head")]
    empty = read_negatives(data / "faces", ("test",))
    return {"plain": plain, "webcam": webcam_frames(grey + empty, 600)}


def webcam_frames(pictures: list[Picture], count: int) -> list[Picture]:
    """One test face of 24 pixels to the whole frame on a test background, rolled, dimmed, blurred; seed 1."""
    composer = Composer(pool_of(pictures), 1)
    frames = []
    while len(frames) < count:
        pixels, rows = composer.frame(256)
        rows = rows[rows[:, 14] > 0]
        faces = np.concatenate([rows[:, :2], rows[:, 2:4] - rows[:, :2], rows[:, 4:16], rows[:, :1] * 0], 1)
        if len(faces) == 1:
            frames.append(Picture(f"webcam/{len(frames)}", "webcam", "test", pixels, faces))
    return frames


def figures_of(column: Column, sets: dict[str, list[Picture]]) -> list[tuple[str, str]]:
    """All rows of the table for one detector."""
    results = [(p, column.detector(p.pixels)) for p in sets["plain"]]
    percent = lambda value: f"{100 * value:.1f} %"
    rows = []
    for name, low, high, bare in (
            ("32 px and more", 32, np.inf, False), ("32 px and more, no mask", 32, np.inf, True),
            ("below 32 px", 0, 32, False), ("32 to 64 px", 32, 64, False), ("64 to 128 px", 64, 128, False),
            ("128 px and more", 128, np.inf, False)):
        outcome = people_drawn(results, low, high, bare)
        title = f"crowd (people's boxes), {name} ({outcome.faces} faces)"
        rows.append((f"{title}: AP at IoU 0.5", percent(outcome.average_precision())))
        rows.append((f"{title}: recall at 0.1 false faces a picture", percent(outcome.recall_at_false_rate(0.1))))
        rows.append((f"{title}: median box error (1 - IoU)", f"{np.median(outcome.box_errors or [1]):.3f}"))
    for groups in (("street", "portrait", "head"), ("street",), ("portrait",), ("head",)):
        outcome = teachers(results, groups)
        title = f"{' + '.join(groups)} (YuNet's sure boxes, {outcome.faces} faces)"
        rows.append((f"{title}: found", percent(outcome.recall_at(column.threshold))))
    for low in (16, 24):
        outcome = teachers(results, low=low)
        rows.append((f"the same of {low} px and more ({outcome.faces} faces): found",
                     percent(outcome.recall_at(column.threshold))))
    rows.append(("negatives with no false face", percent(clean_negatives(results, column.threshold))))
    sound, marked = head_points(results), head_points(results, sound_only=False)
    for title, errors, share in (
            (f"the {len(sound)} sound: median point error, in eye distances", sound, 0.5),
            ("sound: 90th percentile of it", sound, 0.9), (f"all {len(marked)} as marked: median of it", marked, 0.5)):
        rows.append((f"head (people's points), {title}", percent(np.quantile(errors, share)) if column.points else "-"))
    for name, low, high in (("facing", 0, 0.25), ("half turned", 0.25, 0.6), ("far turned", 0.6, np.inf)):
        outcome = teachers([(p, f) for p, f in results if p.group == "head" and low <= turn(p) < high])
        rows.append((f"head, {name} ({outcome.faces} faces): found", percent(outcome.recall_at(column.threshold))))
    return rows + webcam_rows(column, sets["webcam"])


def webcam_rows(column: Column, frames: list[Picture]) -> list[tuple[str, str]]:
    """Rows for the composed frames, by size and by roll."""
    results = [(p, column.detector(p.pixels)) for p in frames]
    side = lambda p: float(np.sqrt(p.faces[0, 2:4].prod()))
    roll = lambda p: abs(np.degrees(np.arctan2(*(p.faces[0, 6:8] - p.faces[0, 4:6])[::-1])))
    parts = {
        "all": lambda p: True, "below 60 px": lambda p: side(p) < 60, "60 to 150 px": lambda p: 60 <= side(p) < 150,
        "150 px and more": lambda p: side(p) >= 150, "rolled 15 degrees and more": lambda p: roll(p) >= 15}
    rows = []
    for name, wanted in parts.items():
        outcome = Outcome()
        for picture, found in results:
            if wanted(picture):
                outcome.add(found, corners(picture.faces), np.ones(1, bool), 0, np.inf)
        rows.append((f"composed webcam frames, {name} ({outcome.faces}): found, false faces a frame",
                     f"{100 * outcome.recall_at(column.threshold):.1f} %, {outcome.false_at(column.threshold):.3f}"))
    return rows


def print_table(columns: list[Column], sets: dict[str, list[Picture]]) -> None:
    """Prints a Markdown table, one column a detector."""
    tables = [figures_of(c, sets) for c in columns]
    print("| figure | " + " | ".join(f"{c.name} (threshold {c.threshold:g})" for c in columns) + " |")
    print("| --- |" + " --- |" * len(columns))
    for row in zip(*tables):
        print(f"| {row[0][0]} | " + " | ".join(value for _, value in row) + " |")


def main() -> None:
    root = Path(__file__).resolve().parents[3]
    shared = root.parent / "shared"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=shared / "data")
    parser.add_argument("--model", type=Path, default=root / "models" / "face.onnx")
    parser.add_argument("--yunet", type=Path, default=shared / "baselines" / "yunet_n_dynamic.onnx")
    settings = parser.parse_args()
    torch.set_num_threads(1)
    columns = [
        Column("face.onnx", FileDetector(settings.model), THRESHOLD),
        Column("YuNet", FileDetector(settings.yunet), 0.7),
        Column("YuNet in grey", FileDetector(settings.yunet, grey=True), 0.7),
        Column("Haar cascade", fitted(settings.data), 0.0, points=False)]
    print_table(columns, test_sets(settings.data))


if __name__ == "__main__":
    main()
