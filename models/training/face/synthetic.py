"""Made pictures for the smoke run: drawn faces on noise, so that no data is needed."""

from __future__ import annotations

import cv2
import numpy as np

from face.augment import paste
from face.data import FACE_COLUMNS, Picture

# A disc's middle is found to this many pixels; labels that miss it by more would blur what the net learns of small faces.
EXACT = 0.1


def drawn_face(random: np.random.Generator, side: int, group: str) -> Picture:
    """An oval with eyes, nose and mouth in a square of `side` pixels."""
    pixels = random.integers(0, 256, (side // 4, side // 4), dtype=np.uint8)
    pixels = cv2.resize(pixels, (side, side))
    skin, dark = int(random.integers(120, 240)), int(random.integers(0, 70))
    at = lambda x, y: (round(x * side), round(y * side))
    cv2.ellipse(pixels, at(0.5, 0.5), at(0.28, 0.38), 0, 0, 360, skin, -1)
    points = [(0.39, 0.42), (0.61, 0.42), (0.5, 0.55), (0.41, 0.69), (0.59, 0.69)]
    for x, y in points[:2]:
        cv2.circle(pixels, at(x, y), max(1, side // 20), dark, -1)
    cv2.line(pixels, at(*points[3]), at(*points[4]), dark, max(1, side // 30))
    cv2.line(pixels, at(0.5, 0.47), at(0.5, 0.55), skin - 60, max(1, side // 40))
    box = [0.22 * side, 0.12 * side, 0.56 * side, 0.76 * side]
    row = [*box, *(np.array(points) * side).reshape(-1), 1.0, 1.0, 0.0]
    return Picture(f"made/{random.integers(1 << 30)}", group, "train", pixels, np.array([row], np.float32))


def made_pictures(seed: int) -> list[Picture]:
    """A few hundred faces and empty scenes."""
    random = np.random.default_rng(seed)
    faces = [drawn_face(random, 80, "portrait" if i % 3 else "head") for i in range(300)]
    empty = []
    for i in range(60):
        pixels = cv2.resize(random.integers(0, 256, (20, 30), dtype=np.uint8), (360, 240))
        empty.append(Picture(f"empty/{i}", "negative", "train", pixels, np.zeros((0, FACE_COLUMNS), np.float32)))
    return faces + empty


def check_labels(seed: int) -> None:
    """Sees that labels stay on what they label, however it is turned, scaled, mirrored and pasted."""
    random = np.random.default_rng(seed)
    down, across = np.mgrid[:256, :256] + 0.5
    for _ in range(60):
        side = int(random.integers(60, 400))
        centre, radius = random.uniform(0.35, 0.65, 2) * side, 0.12 * side
        angle, scale = random.uniform(-0.7, 0.7), np.exp(random.uniform(-2, 1)) * 80 / side
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        linear = turn @ np.diag([random.choice([-1.0, 1.0]) * scale, scale])
        canvas = np.zeros((256, 256), np.uint8)
        rows = paste(canvas, _disc(side, centre, radius), np.hstack([linear, (128 - linear @ centre)[:, None]]), feather=False)
        middle = np.array([(across * canvas).sum(), (down * canvas).sum()]) / canvas.sum(dtype=float)
        beside = np.abs(rows[0, 4:6] - middle).max()
        if beside > EXACT:
            raise SystemExit(f"a label lies {beside:.2f} pixels beside what it labels")


def _disc(side: int, centre: np.ndarray, radius: float) -> Picture:
    """A white disc on black whose box and five points say where it is."""
    pixels = np.zeros((side, side), np.uint8)
    # OpenCV draws from the middle of the first pixel, here in 1,024ths.
    at = tuple(int(v) for v in np.round((centre - 0.5) * 1024))
    cv2.circle(pixels, at, int(radius * 1024), 255, -1, cv2.LINE_AA, 10)
    row = [*(centre - radius), 2 * radius, 2 * radius, *np.tile(centre, 5), 1.0, 1.0, 0.0]
    return Picture("disc", "portrait", "train", pixels, np.array([row], np.float32))
