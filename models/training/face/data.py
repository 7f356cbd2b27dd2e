"""Reads the data once into one cache file of grey pictures and face labels.

Each face is a row of 17 numbers: box x, y, w, h in pixels, five points x, y, `score` (1 where people drew the box)
and two marks, `has points` and `kind` (see KINDS). Faces the teacher was unsure of stay in, to be ignored in training.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from face.decode import decode
from face.teacher import OnnxDetector

FACE_COLUMNS = 17
KINDS = {"without_mask": 1, "with_mask": 2, "mask_weared_incorrect": 3}
# One picture in twelve of `train` is held out for choosing.
HELD_OUT = 12
# FER+ faces are tight crops: the teacher sees them doubled, with this margin, so that boxes may pass the edge.
FER_MARGIN = 32


@dataclass
class Picture:
    """A picture, grey or blue-green-red, and its faces; `group` is street, crowd, portrait, head, fer or negative."""

    name: str
    group: str
    split: str
    pixels: np.ndarray
    faces: np.ndarray


def _pixels(raw: bytes, colour: bool = False) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_COLOR if colour else cv2.IMREAD_GRAYSCALE)


def points_fit(box: list[float], points: list[float]) -> bool:
    """Whether five points lie where a face box has them.

    In 18 % of the heads the points that people marked lie one to three eye distances above the face: their middle is
    then over 0.35 box sides from where it is in all others (0.5 and 0.55 of the box; the gap is empty).
    """
    middle = (np.reshape(points, (5, 2)).mean(0) - box[:2]) / box[2:]
    return bool(np.abs(middle - (0.5, 0.55)).max() < 0.35)


def _face_row(face: dict, human: bool) -> list[float]:
    points = face["points"] or [0.0] * 10
    known = face["points"] is not None and points_fit(face["box"], points)
    score = 1.0 if human else (face["score"] or 0.0)
    return [*face["box"], *points, score, float(known), KINDS.get(face["label"], 0)]


def read_faces(folder: Path, splits: tuple[str, ...] = ("train", "test"), colour: bool = False) -> list[Picture]:
    """The labelled pictures of faces/images.zip."""
    archive = zipfile.ZipFile(folder / "images.zip")
    pictures = []
    for line in (folder / "labels.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry["split"] not in splits:
            continue
        rows = [_face_row(f, entry["boxes"] == "human") for f in entry["faces"]]
        pictures.append(Picture(
            entry["file"], entry["source"], entry["split"], _pixels(archive.read(entry["file"]), colour),
            np.array(rows, np.float32).reshape(-1, FACE_COLUMNS)))
    return pictures


def read_negatives(folder: Path, splits: tuple[str, ...] = ("train", "test"), colour: bool = False) -> list[Picture]:
    """The pictures without a face."""
    archive = zipfile.ZipFile(folder / "negatives.zip")
    nobody = np.zeros((0, FACE_COLUMNS), np.float32)
    return [
        Picture(f"negative/{name}", "negative", name.split("/")[0], _pixels(archive.read(name), colour), nobody)
        for name in sorted(archive.namelist()) if name.endswith(".jpg") and name.split("/")[0] in splits]


def read_fer(folder: Path, teacher: OnnxDetector) -> list[Picture]:
    """FER+ training faces with the boxes and points that the teacher finds; the rest are left out."""
    archive = zipfile.ZipFile(folder / "train.zip")
    names = [n for n in sorted(archive.namelist()) if n.endswith(".png")]
    pictures, edge = [], 2 * 48 + 2 * FER_MARGIN
    for start in range(0, len(names), 64):
        part = names[start:start + 64]
        small = [_pixels(archive.read(n)) for n in part]
        large = np.full((len(part), 1, edge, edge), 128, np.float32)
        for i, pixels in enumerate(small):
            large[i, 0, FER_MARGIN:-FER_MARGIN, FER_MARGIN:-FER_MARGIN] = cv2.resize(pixels, (96, 96))
        for name, pixels, found in zip(part, small, decode(teacher(torch.from_numpy(large)), edge, edge, 0.7)):
            if len(found["scores"]) == 1:
                pictures.append(_fer_picture(name, pixels, found))
    return pictures


def _fer_picture(name: str, pixels: np.ndarray, found: dict[str, np.ndarray]) -> Picture:
    corners = (found["boxes"][0] - FER_MARGIN) / 2
    points = ((found["points"][0] - FER_MARGIN) / 2).reshape(-1)
    row = [*corners[:2], *(corners[2:] - corners[:2]), *points, found["scores"][0], 1, 0]
    return Picture(f"fer/{name}", "fer", "train", pixels, np.array([row], np.float32))


def save(pictures: list[Picture], path: Path) -> None:
    """Writes the cache: JPEG would lose, PNG would be slow, so the pixels lie raw, one after another."""
    index = [[p.name, p.group, p.split, *p.pixels.shape, len(p.faces)] for p in pictures]
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez(
        buffer, index=np.array(json.dumps(index)), pixels=np.concatenate([p.pixels.reshape(-1) for p in pictures]),
        faces=np.concatenate([p.faces for p in pictures]))
    path.write_bytes(buffer.getvalue())


def load(path: Path) -> list[Picture]:
    """Reads what `save` wrote."""
    stored = np.load(path)
    pixels, faces = stored["pixels"], stored["faces"]
    pictures, at, face = [], 0, 0
    for name, group, split, height, width, count in json.loads(str(stored["index"])):
        pictures.append(Picture(
            name, group, split, pixels[at:at + height * width].reshape(height, width), faces[face:face + count]))
        at, face = at + height * width, face + count
    return pictures


def read(data: Path, teacher: Path) -> list[Picture]:
    """All labelled pictures, with a detector's boxes and points where nobody drew them."""
    faces = data / "faces"
    return read_faces(faces) + read_negatives(faces) + read_fer(data / "ferplus", OnnxDetector(teacher))


def split(pictures: list[Picture]) -> tuple[list[Picture], list[Picture]]:
    """The pictures to train on and those held out of `train`; FER+ and `test` are never held out."""
    train = [p for p in pictures if p.split == "train"]
    own = [p for p in train if p.group != "fer"]
    held = own[::HELD_OUT]
    names = {p.name for p in held}
    return [p for p in train if p.name not in names], held
