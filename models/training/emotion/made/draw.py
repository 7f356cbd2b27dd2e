"""Draws one frame: a made person from nothing, or a photographed face whose surface is moved."""

from dataclasses import dataclass

import cv2
import numpy as np

from . import raster, skin
from .mesh import FACE, TEMPLATE, Mesh, cut_by_box, project, rotation, similarity

SIDE, TWICE = 48, 2


@dataclass
class Look:
    """What a person's face does in one frame."""

    weights: dict[str, float]
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)


@dataclass
class Light:
    """A lamp and what comes from everywhere."""

    direction: np.ndarray
    ambient: float

    @staticmethod
    def draw(rng: np.random.Generator) -> "Light":
        direction = np.array([rng.normal(0, 0.6), rng.uniform(-0.1, 1.0), 1.0])
        return Light((direction / np.linalg.norm(direction)).astype(np.float32), rng.uniform(0.25, 0.65))

    def on(self, normals: np.ndarray) -> np.ndarray:
        """Teeth and eyes, which have no normals here, are lit as a cheek is."""
        facing = np.where((normals == 0).all(1), 0.7, normals @ self.direction)
        return self.ambient + (1 - self.ambient) * np.clip(facing, 0, 1)


class Cut:
    """How the server would cut the frames of one track: by the box, by the points, or between the two."""

    def __init__(self, mesh: Mesh, rest: np.ndarray, rng: np.random.Generator) -> None:
        self.mesh, self.by_points, self.follow = mesh, rng.choice([0.0, 1.0, rng.random()]), rng.uniform(0.3, 1.0)
        points, marks = mesh.points(rest), rest[mesh.landmarks]
        self.chin = float(np.hypot(*(marks[8] - points[:2].mean(0))))

    def of(self, projected: np.ndarray) -> np.ndarray:
        by_box = cut_by_box(projected, self.mesh, self.chin, self.follow)
        by_points = similarity(self.mesh.points(projected), TEMPLATE)
        return by_box + self.by_points * (by_points - by_box)


class MadePerson:
    """Somebody who does not exist."""

    def __init__(self, mesh: Mesh, rng: np.random.Generator) -> None:
        self.mesh, self.rng = mesh, rng
        self.rest = mesh.person(rng.normal(0, 0.9, 40))
        self.albedo = skin.albedo(mesh, self.rest, rng)
        self.folds, self.depth = skin.wrinkles(mesh, self.rest), rng.uniform(0.03, 0.3)
        self.white, self.iris = rng.uniform(0.7, 1.0), rng.uniform(0.05, 0.4)
        self.light, self.distance = Light.draw(rng), rng.uniform(25, 120)
        self.cut = Cut(mesh, project(self.rest, self.distance), rng)
        self.backdrop = self._backdrop()
        self.sharp = rng.uniform(0.3, 1.2)

    def _backdrop(self) -> np.ndarray:
        rng, side = self.rng, SIDE * TWICE
        out = np.full((side, side), rng.uniform(0.05, 0.95), np.float32)
        out += cv2.resize(rng.normal(0, 0.15, (5, 5)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
        if rng.random() < 0.6:  # hair around the head
            hair = float(np.clip(self.albedo.mean() * rng.uniform(0.1, 0.9), 0.02, 1))
            middle = (int(side * rng.normal(0.5, 0.02)), int(side * rng.uniform(0.25, 0.45)))
            cv2.ellipse(out, middle, (int(side * rng.uniform(0.4, 0.6)), int(side * rng.uniform(0.45, 0.8))), 0, 0, 360, hair, -1)
        return out

    def draw(self, look: Look) -> np.ndarray:
        """48x48 pixels of 0..255."""
        mesh = self.mesh
        vertices = mesh.moved(self.rest, look.weights)
        tone = self.albedo.copy()
        shade, eyes = skin.eyes(mesh, self.rest, look.gaze, self.white, self.iris)
        tone[eyes] = shade
        vertices = vertices @ rotation(look.yaw, look.pitch, look.roll).T
        lit = self.light.on(raster.normals(vertices, mesh.skin))
        tone = tone * lit * np.exp(-skin.folded(self.folds, look.weights, self.depth))
        flat = project(vertices, self.distance)
        matrix = self.cut.of(flat) * TWICE
        out = self.backdrop.copy()
        out = out[:, :, None]
        raster.fill(flat @ matrix[:, :2].T + matrix[:, 2], vertices[:, 2], mesh.triangles, tone[:, None].astype(np.float32), out,
                    np.full(out.shape[:2], -1e9, np.float32))
        return finish(out[:, :, 0] * 230, self.sharp)


class PhotographedPerson:
    """A photograph of a resting face, whose surface moves with a fitted mesh; all that the face does not cover stays as it was."""

    def __init__(self, mesh: Mesh, photo: np.ndarray, points: np.ndarray, rng: np.random.Generator) -> None:
        self.mesh, self.photo = mesh, photo.astype(np.float32)
        self.scale = photo.shape[0] / SIDE
        points = points / self.scale
        modes, self.yaw, self.pitch = fit(mesh, points)
        self.rest = mesh.person(modes)
        self.folds, self.depth = skin.wrinkles(mesh, self.rest), rng.uniform(0.03, 0.3)
        self.light, self.distance = Light.draw(rng), 60.0
        flat = project(self.rest @ rotation(self.yaw, self.pitch, 0).T, self.distance)
        self.onto = similarity(mesh.points(flat), points)
        self.source = self._place(flat)
        self.cut = Cut(mesh, flat, rng)
        self.first = self._square(self.cut.of(flat))
        normals = raster.normals(self.rest, mesh.skin)
        self.lit = self.light.on(normals)
        self.inside = self._inside(rng)
        self.sharp = rng.uniform(0.3, 0.9)

    def _place(self, flat: np.ndarray) -> np.ndarray:
        return (flat @ self.onto[:, :2].T + self.onto[:, 2]).astype(np.float32)

    @staticmethod
    def _square(matrix: np.ndarray) -> np.ndarray:
        return np.vstack([matrix, [0, 0, 1]])

    def _inside(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Shades of what a resting face hides (mouth, the balls of the eyes behind the lids), and which vertices have them."""
        part = self.mesh.part
        middle = self.photo[int(14 * self.scale):int(40 * self.scale), int(14 * self.scale):int(34 * self.scale)]
        bright, tone = np.percentile(middle, 90), float(np.median(middle))
        shade = np.full(len(part), 0.15 * tone, np.float32)
        shade[part == 4] = tone * rng.uniform(0.3, 0.5)
        shade[part == 5] = min(250.0, bright * rng.uniform(0.85, 1.15))
        white, mask = skin.eyes(self.mesh, self.rest, (0, 0), min(250.0, bright * rng.uniform(0.85, 1.1)), 0.3 * tone)
        shade[mask] = white
        hidden = part != FACE
        # An eye that the lids leave free keeps the photograph's pixels.
        nearest = np.full((SIDE * TWICE, SIDE * TWICE), -1e9, np.float32)
        turned = self.rest @ rotation(self.yaw, self.pitch, 0).T
        raster.fill(self.source * TWICE, turned[:, 2], self.mesh.triangles, np.zeros((len(part), 1), np.float32),
                    np.zeros((SIDE * TWICE, SIDE * TWICE, 1), np.float32), nearest)
        at = np.clip((self.source[mask] * TWICE).astype(int), 0, SIDE * TWICE - 1)
        hidden[mask] = turned[mask, 2] < nearest[at[:, 1], at[:, 0]] - 0.1
        return shade, hidden

    def draw(self, look: Look) -> np.ndarray:
        """48x48 pixels of 0..255; the turns of `look` are added to the photograph's own."""
        mesh, side = self.mesh, SIDE * TWICE
        vertices = mesh.moved(self.rest, look.weights)
        lit = self.light.on(raster.normals(vertices, mesh.skin))
        gain = np.clip(lit / self.lit, 0.6, 1.45) * np.exp(-skin.folded(self.folds, look.weights, self.depth))
        vertices = vertices @ rotation(self.yaw + look.yaw, self.pitch + look.pitch, look.roll).T
        flat = project(vertices, self.distance)
        # Where the photograph's pixels go when the server cuts this frame instead of the first.
        onto = self._square(self.onto)
        move = onto @ np.linalg.inv(self.first) @ self._square(self.cut.of(flat)) @ np.linalg.inv(onto)
        places = self._place(flat) @ move[:2, :2].T + move[:2, 2]
        shade, hidden = self.inside
        values = np.column_stack([self.source, gain, shade, hidden]).astype(np.float32)
        back = np.linalg.inv(move)
        at = (np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1) + 0.5) / TWICE
        out = np.dstack([at @ back[:2, :2].T + back[:2, 2], np.ones((side, side)), np.zeros((side, side, 2))]).astype(np.float32)
        raster.fill((places * TWICE).astype(np.float32), vertices[:, 2], mesh.triangles, values, out, np.full((side, side), -1e9, np.float32))
        source = out[:, :, :2] * self.scale - 0.5
        pixels = cv2.remap(self.photo, source[:, :, 0], source[:, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        pixels = pixels * out[:, :, 2]
        pixels += np.clip(out[:, :, 4], 0, 1) * (out[:, :, 3] - pixels)
        return finish(pixels, self.sharp)


def finish(pixels: np.ndarray, blur: float) -> np.ndarray:
    pixels = cv2.GaussianBlur(pixels, (0, 0), blur)
    small = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.clip(small + 0.5, 0, 255).astype(np.uint8)


MODES = 10
POINT_ERROR, YAW, PITCH = 0.8, 0.25, 0.12  # deviations: pixels of 48, radians


def fit(mesh: Mesh, points: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Identity, yaw and pitch under which the mesh's five points lie where they were found; Gauss-Newton from a frontal mean face."""
    rows = np.concatenate([mesh.landmarks[36:48], mesh.landmarks[[30, 48, 54]]])
    neutral, modes = mesh.neutral[rows], mesh.identities[:MODES, rows]

    def miss(unknown: np.ndarray) -> np.ndarray:
        flat = project((neutral + np.tensordot(unknown[2:], modes, 1)) @ rotation(unknown[0], unknown[1], 0).T, 60.0)
        own = np.stack([flat[:6].mean(0), flat[6:12].mean(0), *flat[12:]])
        matrix = similarity(own, points)
        off = own @ matrix[:, :2].T + matrix[:, 2] - points
        return np.concatenate([off.ravel() / POINT_ERROR, [unknown[0] / YAW, unknown[1] / PITCH], unknown[2:]])

    unknown = np.zeros(2 + MODES)
    for _ in range(4):
        now = miss(unknown)
        slope = np.stack([(miss(unknown + step) - now) / 1e-3 for step in 1e-3 * np.eye(len(unknown))], 1)
        unknown -= np.linalg.lstsq(slope, now, rcond=None)[0]
    return unknown[2:].astype(np.float32), float(unknown[0]), float(unknown[1])
