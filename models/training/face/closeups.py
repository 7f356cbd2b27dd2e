"""Composes close-ups: what the second look sees, a square around where a face is believed to be, and what it is to say of it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from face.augment import CERTAIN_SCORE, MOST_HIDDEN, ROW, Pool, moved, paste, random_map
from face.damage import Camera, chance, occlude
from face.data import Picture

# A close-up's side in pixels, and that of a face whose box it was cut around (the root of the box's area). What is left is a
# third of a face's side all around it, as far as a face may have moved since its box was known.
SIDE, FACE = 64, 36.0
# Faces within REACH of their sides from the middle are to be found, those beyond BESIDE are somebody else's; none lies between.
REACH, BESIDE = 0.45, (0.8, 1.3)
EMPTY, ELSEWHERE = 0.2, 0.1
GROUPS = {"head": 0.5, "fer": 0.16, "crowd": 0.12, "street": 0.1, "portrait": 0.12}
# Points that people marked weigh more than those of a net that learned from such marks (marks.py).
OWN_MARKS, OTHER_MARKS = 1.0, 0.4
# A face enlarged more than this shows too little.
MOST_ENLARGED = 5.0


@dataclass
class CloseUp:
    """Pixels [SIDE,SIDE], the face's row (augment.py), whether a face is there, and how much its points weigh."""

    pixels: np.ndarray
    row: np.ndarray
    there: bool
    weight: float


class CloseUps:
    """Makes close-ups from a pool of pictures; one random generator, so a seed gives one sequence."""

    def __init__(self, pool: Pool, seed: int) -> None:
        self.pool = pool
        self.random = np.random.default_rng(seed)
        self.camera = Camera(self.random)
        # Empty close-ups in which the net last saw a face: half of the empty ones are these.
        self.hard: list[np.ndarray] = []

    def sample(self) -> CloseUp:
        random = self.random
        if chance(random, EMPTY):
            return self._nobody(self.empty())
        canvas, beside = self.empty(), chance(random, ELSEWHERE)
        if not beside and chance(random, 0.12):
            self._draw(canvas, self._away())
        drawn = self._draw(canvas, self._away() if beside else self._near())
        if drawn is None:
            return self._nobody(canvas)
        picture, row = drawn
        if chance(random, 0.25):
            occlude(canvas, row[None], random)
        if chance(random, 0.12):
            self._cut(canvas, row)
        if beside:
            return self._nobody(canvas)
        return CloseUp(self.camera(canvas), row, True, OWN_MARKS if picture.group == "head" else OTHER_MARKS)

    def empty(self) -> np.ndarray:
        """A piece of a scene without a face."""
        random = self.random
        if self.hard and chance(random, 0.5):
            return self._turned(self.hard[random.integers(len(self.hard))])
        if chance(random, 0.08):
            return np.full((SIDE, SIDE), random.integers(256), np.uint8)
        piece = self._turned(self._piece())
        return cv2.addWeighted(piece, 0.5, self._piece(), 0.5, 0) if chance(random, 0.1) else piece

    def _piece(self) -> np.ndarray:
        pixels = self.pool.pick(self.random, "negative").pixels
        most = min(pixels.shape)
        side = int(np.exp(self.random.uniform(np.log(min(32, most)), np.log(most + 1))))
        y, x = (self.random.integers(0, edge - side + 1) for edge in pixels.shape)
        method = cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR
        return cv2.resize(pixels[y:y + side, x:x + side], (SIDE, SIDE), interpolation=method)

    def _turned(self, piece: np.ndarray) -> np.ndarray:
        """The piece mirrored, turned or as a negative, since there are few scenes."""
        random = self.random
        piece = piece[:, ::-1] if chance(random, 0.5) else piece
        piece = np.rot90(piece, random.integers(1, 4)) if chance(random, 0.25) else piece
        # A copy always, since faces are drawn on it.
        return np.array(255 - piece if chance(random, 0.1) else piece, order="C")

    def _nobody(self, canvas: np.ndarray) -> CloseUp:
        return CloseUp(self.camera(canvas), np.zeros(ROW, np.float32), False, 0.0)

    def _near(self) -> np.ndarray:
        """Where a face lies that hardly moved, or moved as far as it is to be followed."""
        if chance(self.random, 0.7):
            return (0.1 * self.random.standard_normal(2)).clip(-REACH, REACH)
        return self.random.uniform(-REACH, REACH, 2)

    def _away(self) -> np.ndarray:
        angle, distance = self.random.uniform(0, 2 * np.pi), self.random.uniform(*BESIDE)
        return distance * np.array([np.cos(angle), np.sin(angle)])

    def _draw(self, canvas: np.ndarray, offset: np.ndarray) -> tuple[Picture, np.ndarray] | None:
        """Draws a face so many of its sides beside the middle; None where it would have to be enlarged too much."""
        random = self.random
        picture = self.pool.pick(random, random.choice(list(GROUPS), p=list(GROUPS.values())))
        sure = np.flatnonzero((picture.faces[:, 14] >= CERTAIN_SCORE) | (picture.group == "head"))
        if not len(sure):
            return None
        face = picture.faces[sure[random.integers(len(sure))]]
        spread = 0.08 if chance(random, 0.6) else 0.22
        scale = FACE * float(np.exp(spread * random.standard_normal()) / np.sqrt(face[2:4].prod().clip(1)))
        if scale > MOST_ENLARGED:
            return None
        matrix = random_map(random, face[:2] + face[2:4] / 2, SIDE / 2 + FACE * offset, scale)
        paste(canvas, picture, matrix, feather=picture.group in ("head", "fer") and chance(random, 0.4))
        return picture, moved(face[None], matrix, np.ones(1))[0]

    def _cut(self, canvas: np.ndarray, row: np.ndarray) -> None:
        """Lets the picture end within the close-up, if most of the face stays: beyond its edge the edge's pixels go on, and boxes end there."""
        turns, edge = int(self.random.integers(4)), int(self.random.integers(2, 24))
        # After so many quarter turns to the left, what is the upper edge was the upper, right, lower or left one.
        side, limit = ((1, edge), (2, SIDE - edge), (3, SIDE - edge), (0, edge))[turns]
        box = row[:4].copy()
        box[side] = max(box[side], limit) if side < 2 else min(box[side], limit)
        if (box[2:] - box[:2]).clip(0).prod() < MOST_HIDDEN * (row[2:4] - row[:2]).prod():
            return
        row[:4] = box
        view = np.rot90(canvas, turns)
        view[:edge] = view[edge]
