"""Composes training samples: photos, single faces, mosaics and empty scenes, seen through a poor camera.

A face row here is box x0, y0, x1, y1, five points, `certain` (0: neither face nor background) and `has points`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from face.damage import Camera, chance, occlude
from face.data import Picture

ROW = 16
# Seen in a mirror, right is left: the order of the five points after a flip.
MIRRORED = [1, 0, 2, 4, 3]
# Faces smaller than this many pixels, or less visible than this share, are ignored rather than taught.
SMALLEST, MOST_HIDDEN = 7.0, 0.5
CERTAIN_SCORE = 0.7
# Photographs with a sure face below this many pixels are few, and a group of their own besides.
SMALL = 20.0
# What samples show, and how often. The smallest are about as large as a marked head, and mostly show one: they cost the least
# of all that teaches where the points are.
KINDS = ("photo", "single", "mosaic", "empty")
USUALLY, CLOSE_UP, CLOSE = (0.36, 0.26, 0.18, 0.20), (0.10, 0.65, 0.10, 0.15), 96


@dataclass
class Pool:
    """The training pictures by group, and in `small` the photographs with small faces once more."""

    groups: dict[str, list[Picture]]

    def pick(self, random: np.random.Generator, group: str) -> Picture:
        members = self.groups[group]
        return members[random.integers(len(members))]


def pool_of(pictures: list[Picture]) -> Pool:
    """Groups the pictures; groups without a picture borrow from another, so that made data can be small."""
    groups: dict[str, list[Picture]] = {}
    for picture in pictures:
        groups.setdefault(picture.group, []).append(picture)
    for group in ("street", "crowd", "portrait", "head", "fer"):
        groups.setdefault(group, groups.get("head", pictures))
    photographs = groups["street"] + groups["crowd"]
    groups["small"] = [p for p in photographs if len(_small_faces(p))] or photographs
    return Pool(groups)


def _small_faces(picture: Picture) -> np.ndarray:
    sides = np.sqrt(picture.faces[:, 2:4].prod(1))
    return picture.faces[(sides < SMALL) & (picture.faces[:, 14] >= CERTAIN_SCORE)]


def _log_uniform(random: np.random.Generator, low: float, high: float) -> float:
    return float(np.exp(random.uniform(np.log(low), np.log(max(low, high)))))


def random_map(
    random: np.random.Generator, centre: np.ndarray, goal: np.ndarray, scale: float, most: float = 40,
) -> np.ndarray:
    """Rotation up to `most` degrees, slight stretch, perhaps a flip; takes `centre` to `goal`."""
    angle = np.deg2rad(random.uniform(-0.3, 0.3) * most if chance(random, 0.6) else random.uniform(-most, most))
    stretch = np.exp(random.uniform(-0.08, 0.08))
    flip = -1.0 if chance(random, 0.5) else 1.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.diag([flip * scale * stretch, scale / stretch])
    return np.hstack([linear, (goal - linear @ centre)[:, None]])


def moved(faces: np.ndarray, matrix: np.ndarray, certain: np.ndarray) -> np.ndarray:
    """Face rows under an affine map; a face counts as the ellipse in its box, so that turning keeps boxes tight."""
    linear, shift = matrix[:, :2], matrix[:, 2]
    half = faces[:, 2:4] / 2
    centre = (faces[:, :2] + half) @ linear.T + shift
    reach = np.sqrt((half ** 2) @ (linear.T ** 2))
    points = faces[:, 4:14].reshape(-1, 5, 2) @ linear.T + shift
    if np.linalg.det(linear) < 0:
        points = points[:, MIRRORED]
    return np.hstack([
        centre - reach, centre + reach, points.reshape(-1, 10), certain[:, None], faces[:, 15:16]]).astype(np.float32)


def _clipped(rows: np.ndarray, x0: float, y0: float, x1: float, y1: float) -> np.ndarray:
    """Cuts boxes at the region's edge; too small or too hidden ones become uncertain, unseen ones vanish."""
    whole = (rows[:, 2:4] - rows[:, :2]).prod(1)
    rows[:, 0:4:2] = rows[:, 0:4:2].clip(x0, x1)
    rows[:, 1:4:2] = rows[:, 1:4:2].clip(y0, y1)
    sides = rows[:, 2:4] - rows[:, :2]
    seen = sides.prod(1)
    rows[:, 14] *= (seen >= MOST_HIDDEN * whole) & (np.sqrt(seen) >= SMALLEST)
    return rows[(sides > 1).all(1)]


def paste(canvas: np.ndarray, picture: Picture, matrix: np.ndarray, feather: bool) -> np.ndarray:
    """Draws the picture on the canvas (a view) and returns its face rows there."""
    pixels, warp = picture.pixels, matrix.copy()
    while abs(np.linalg.det(warp[:, :2])) < 0.3 and min(pixels.shape) > 16:
        height, width = pixels.shape
        pixels = cv2.resize(pixels, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        warp[:, :2] *= (width / (width // 2), height / (height // 2))
    # Boxes and points are counted from the first pixel's corner, OpenCV's maps from its middle. Without this step a mirrored face
    # lies a pixel of its picture beside its label: 6 % of a marked head's eye distance, a tenth of the smallest faces.
    warp[:, 2] += warp[:, :2].sum(1) / 2 - 0.5
    size = (canvas.shape[1], canvas.shape[0])
    if feather:
        drawn = cv2.warpAffine(pixels, warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        mask = cv2.warpAffine(_oval(pixels.shape), warp, size, flags=cv2.INTER_LINEAR).astype(np.uint16)
        canvas[:] = (drawn * mask + canvas * (255 - mask)) // 255
    else:
        drawn = canvas.copy()
        cv2.warpAffine(
            pixels, warp, size, dst=drawn, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
        canvas[:] = drawn
    score = picture.faces[:, 14]
    certain = (score >= CERTAIN_SCORE) if picture.group != "head" else np.ones_like(score)
    return _clipped(moved(picture.faces, matrix, certain.astype(np.float32)), 0, 0, *size)


_ovals: dict[tuple[int, int], np.ndarray] = {}


def _oval(shape: tuple[int, int]) -> np.ndarray:
    if shape not in _ovals:
        mask = np.zeros(shape, np.uint8)
        height, width = shape
        cv2.ellipse(mask, (width // 2, height // 2), (int(width * 0.47), int(height * 0.52)), 0, 0, 360, 255, -1)
        _ovals[shape] = cv2.GaussianBlur(mask, (0, 0), min(shape) * 0.03)
    return _ovals[shape]


class Composer:
    """Makes samples of any size from a pool of pictures; one random generator, so a seed gives one sequence."""

    def __init__(self, pool: Pool, seed: int) -> None:
        self.pool = pool
        self.random = np.random.default_rng(seed)
        # Pictures without a face in which the net last saw one: half of the empty scenes are made of these.
        self.hard: list[Picture] = []
        self.camera = Camera(self.random)

    def sample(self, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
        """One grey picture [size, size] and its face rows; of a photograph also how it was before any damage.

        Only photographs have faces without a box, which a teacher may see in the undamaged picture.
        """
        canvas, clean = self._background(size), None
        kind = self.random.choice(KINDS, p=CLOSE_UP if size <= CLOSE else USUALLY)
        if kind == "photo":
            rows = self._photo(canvas)
            clean = canvas.copy()
        elif kind == "single":
            rows = self._single(canvas)
        elif kind == "mosaic":
            rows = self._mosaic(canvas)
        else:
            rows = np.zeros((0, ROW), np.float32)
        if chance(self.random, 0.25):
            occlude(canvas, rows, self.random)
        return self.camera(canvas), rows, clean

    def frame(self, size: int) -> tuple[np.ndarray, np.ndarray]:
        """A sample with one face at most, as a webcam might give it."""
        canvas = self._background(size)
        rows = self._single(canvas)
        return self.camera(canvas), rows

    def _empty_picture(self) -> Picture:
        if self.hard and chance(self.random, 0.5):
            return self.hard[self.random.integers(len(self.hard))]
        return self.pool.pick(self.random, "negative")

    def _background(self, size: int) -> np.ndarray:
        """A scene without a face; sometimes two in one, turned or as a negative, since there are few of them."""
        random, scene = self.random, self._scene(size)
        if chance(random, 0.2):
            share = random.uniform(0.3, 0.7)
            scene = cv2.addWeighted(scene, share, self._scene(size), 1 - share, 0)
        if chance(random, 0.1):
            scene = 255 - scene
        if chance(random, 0.25):
            scene = np.rot90(scene, random.integers(1, 4))
        return np.ascontiguousarray(scene)

    def _scene(self, size: int) -> np.ndarray:
        random = self.random
        if chance(random, 0.15):
            return np.full((size, size), random.integers(256), np.uint8)
        pixels = self._empty_picture().pixels
        smallest = size / min(pixels.shape)
        own_size = chance(random, 0.5)
        scale = max(smallest, random.uniform(0.6, 1.2)) if own_size else smallest * _log_uniform(random, 1.0, 2.5)
        width = max(size, round(pixels.shape[1] * scale))
        height = max(size, round(pixels.shape[0] * scale))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        large = cv2.resize(pixels, (width, height), interpolation=method)
        x, y = random.integers(width - size + 1), random.integers(height - size + 1)
        crop = large[y:y + size, x:x + size]
        return crop[:, ::-1] if chance(random, 0.5) else crop

    def _photo(self, canvas: np.ndarray) -> np.ndarray:
        """A crop of a photograph around one of its faces, at a chosen size of that face."""
        random, size = self.random, len(canvas)
        group = random.choice(["crowd", "street", "small", "portrait"], p=[0.3, 0.3, 0.25, 0.15])
        picture = self.pool.pick(random, group)
        if not len(picture.faces):
            centre = np.array(picture.pixels.shape[::-1]) / 2
            return paste(canvas, picture, random_map(random, centre, np.full(2, size / 2), random.uniform(0.6, 1.5)), False)
        # Near its own size a photograph is sharp and has the small faces that people have in it.
        small, own_size = _small_faces(picture), chance(random, 0.5)
        faces = small if own_size and len(small) else picture.faces
        face = faces[random.integers(len(faces))]
        side = max(4.0, float(np.sqrt(face[2] * face[3])))
        scale = random.uniform(0.6, 1.5) if own_size else min(_log_uniform(random, 10, size * 0.95) / side, 3.5)
        return paste(canvas, picture, self._placed(face, scale, side, size, 10 if own_size else 40), False)

    def _single(self, canvas: np.ndarray) -> np.ndarray:
        """One face of a webcam's sizes on some background, up to closer than the whole frame."""
        random, size = self.random, len(canvas)
        picture = self.pool.pick(random, random.choice(["head", "fer", "portrait"], p=[0.5, 0.3, 0.2]))
        if not len(picture.faces):
            return np.zeros((0, ROW), np.float32)
        face = picture.faces[0]
        side = float(np.sqrt(face[2] * face[3]))
        # Enlarged, a small picture is blurred, and nobody could say to the pixel where its eyes are.
        own_size = picture.group != "portrait" and chance(random, 0.5)
        scale = random.uniform(0.75, 1.4) if own_size else _log_uniform(random, 24, size * 1.25) / side
        feather = picture.group != "portrait" and chance(random, 0.5)
        return paste(canvas, picture, self._placed(face, scale, side, size), feather)

    def _placed(self, face: np.ndarray, scale: float, side: float, size: int, most: float = 40) -> np.ndarray:
        room = max(0.0, size / 2 - 0.4 * side * scale)
        goal = size / 2 + self.random.uniform(-1, 1, 2) * max(room, 0.08 * size)
        return random_map(self.random, face[:2] + face[2:4] / 2, goal, scale, most)

    def _mosaic(self, canvas: np.ndarray) -> np.ndarray:
        """A board of small pictures, most with a face."""
        random, size = self.random, len(canvas)
        cells = int(random.integers(2, 5))
        edges = np.linspace(0, size, cells + 1).astype(int)
        rows = [np.zeros((0, ROW), np.float32)]
        for y0, y1 in zip(edges, edges[1:]):
            for x0, x1 in zip(edges, edges[1:]):
                tile = self._tile(canvas[y0:y1, x0:x1])
                tile[:, 0:14:2] += x0
                tile[:, 1:14:2] += y0
                rows.append(tile)
        return np.concatenate(rows)

    def _tile(self, view: np.ndarray) -> np.ndarray:
        random, side = self.random, min(view.shape)
        group = random.choice(["head", "fer", "crowd", "negative", "none"], p=[0.45, 0.2, 0.1, 0.15, 0.1])
        if group == "none":
            return np.zeros((0, ROW), np.float32)
        picture = self._empty_picture() if group == "negative" else self.pool.pick(random, group)
        if not len(picture.faces):
            centre = np.array(picture.pixels.shape[::-1]) / 2
            matrix = random_map(random, centre, np.full(2, side / 2), random.uniform(0.25, 0.9))
            return paste(view, picture, matrix, False)
        face = picture.faces[random.integers(len(picture.faces))]
        own = max(4.0, float(np.sqrt(face[2] * face[3])))
        scale = min(_log_uniform(random, max(11.0, side * 0.3), side * 0.95) / own, 3.5)
        return paste(view, picture, self._placed(face, scale, own, side), group == "fer" and chance(random, 0.5))
