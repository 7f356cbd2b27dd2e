"""Made pictures for the smoke run: drawn faces on noise, so that no data is needed."""

from __future__ import annotations

import cv2
import numpy as np

from face.data import FACE_COLUMNS, Picture


def drawn_face(random: np.random.Generator, side: int) -> Picture:
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
    return Picture(f"made/{random.integers(1 << 30)}", "head", "train", pixels, np.array([row], np.float32))


def made_pictures(seed: int) -> list[Picture]:
    """A few hundred faces and empty scenes."""
    random = np.random.default_rng(seed)
    faces = [drawn_face(random, 80) for _ in range(300)]
    empty = []
    for i in range(60):
        pixels = cv2.resize(random.integers(0, 256, (20, 30), dtype=np.uint8), (360, 240))
        empty.append(Picture(f"empty/{i}", "negative", "train", pixels, np.zeros((0, FACE_COLUMNS), np.float32)))
    return faces + empty
