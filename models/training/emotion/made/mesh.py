"""The 3D face: identities and expressions to mix, poses, and the square that the server would cut around it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

FACE, MOUTH_SOCKET, LEFT_SOCKET, RIGHT_SOCKET, GUMS, TEETH, LEFT_EYE, RIGHT_EYE = range(8)

# Five points of a frontal face in the 48x48 crop (server/EmotionStream.Faces/Cropping/CropGeometry.cs): eyes, nose, mouth corners, from the picture's left.
TEMPLATE = np.array([[15.3, 18.1], [32.7, 18.1], [24, 27.7], [16.6, 35.9], [31.4, 35.9]], np.float32)


@dataclass
class Mesh:
    """facekit.npz in the shapes that the renderer wants."""

    neutral: np.ndarray  # [V,3]
    triangles: np.ndarray  # [F,3]
    part: np.ndarray  # [V]
    shapes: dict[str, np.ndarray]  # name -> [V,3]
    identities: np.ndarray  # [50,V,3]
    landmarks: np.ndarray  # [68] vertex numbers, in the usual order

    def __post_init__(self) -> None:
        self.skin = np.ascontiguousarray(self.triangles[(self.part[self.triangles] == FACE).all(1)])

    def person(self, modes: np.ndarray) -> np.ndarray:
        """The resting face of weights over the identity modes."""
        return self.neutral + np.tensordot(modes, self.identities[: len(modes)], 1)

    def moved(self, rest: np.ndarray, weights: dict[str, float]) -> np.ndarray:
        """A face with an expression; a name without a side moves both."""
        out = rest.copy()
        for name, weight in weights.items():
            for side in (name, name + "_L", name + "_R"):
                if weight and side in self.shapes:
                    out += weight * self.shapes[side]
        return out

    def points(self, projected: np.ndarray) -> np.ndarray:
        """The five points of a projected face, in the template's order."""
        marks = projected[self.landmarks]
        return np.stack([marks[36:42].mean(0), marks[42:48].mean(0), marks[30], marks[48], marks[54]])


def load(data: Path) -> Mesh:
    with np.load(data / "facekit" / "facekit.npz") as kit:
        shapes = {str(name): shape.astype(np.float32) for name, shape in zip(kit["expression_names"], kit["expressions"])}
        # Numbers wind the same way all over the surface, so that normals point outward.
        return Mesh(kit["neutral"].astype(np.float32), kit["triangles"].astype(np.int32), kit["part"].astype(np.int32), shapes,
                    kit["identities"].astype(np.float32), kit["landmarks68"].astype(np.int32))


def rotation(yaw: float, pitch: float, roll: float) -> np.ndarray:
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    nod = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    lean = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return (turn @ nod @ lean).astype(np.float32)


def project(vertices: np.ndarray, distance: float) -> np.ndarray:
    """Pinhole projection from `distance` in front of the nose, y downward; sizes at the face's front stay as they are."""
    depth = distance / (distance + 10 - vertices[:, 2:3])
    return vertices[:, :2] * depth * np.array([1, -1], np.float32)


def similarity(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The 2x3 matrix of turn, scale and shift from source to target with the least squared error."""
    a, b = source - source.mean(0), target - target.mean(0)
    extent = (a * a).sum()
    along, across = (a * b).sum() / extent, (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / extent
    turn = np.array([[along, -across], [across, along]])
    return np.hstack([turn, (target.mean(0) - turn @ source.mean(0))[:, None]]).astype(np.float32)


def cut_by_box(projected: np.ndarray, mesh: Mesh, rest_chin: float, follow: float) -> np.ndarray:
    """The server's crop of an upright face, from a box that spans forehead and chin.

    The detector's box is 48 of 48 pixels high, its middle at 25.3. `follow` says how far its lower edge goes with an opening jaw.
    """
    points = mesh.points(projected)
    eyes, chin = points[:2].mean(0), projected[mesh.landmarks[8]]
    # A frontal rest face: eyes at 18.1 and the box's lower edge at 49.3 of 48; so the edge lies 1.1 of the eyes' distance to the chin below them.
    reach = rest_chin + follow * max(0.0, np.hypot(*(chin - eyes)) - rest_chin)
    height = 48 / 31.2 * 1.1 * reach
    centre = np.array([points[:, 0].mean(), eyes[1] + 1.1 * reach - height / 2])
    scale = 48 / height
    return np.array([[scale, 0, 24 - scale * centre[0]], [0, scale, 25.3 - scale * centre[1]]], np.float32)


def made_up() -> Mesh:
    """A stand-in for facekit where it is absent: half an egg with the landmarks in their places and bumps for shapes."""
    side = 28
    across, down = np.meshgrid(np.linspace(-1, 1, side), np.linspace(1, -1, side))
    x, y = (7.5 * across).ravel(), (10 * down - 1).ravel()
    depth = 12 - 5 * across.ravel() ** 2 - 3 * down.ravel() ** 2
    neutral = np.stack([x, y, depth], 1).astype(np.float32)
    corner = (np.arange(side - 1)[:, None] * side + np.arange(side - 1)).ravel()
    triangles = np.concatenate([np.stack([corner, corner + side, corner + 1], 1), np.stack([corner + 1, corner + side, corner + side + 1], 1)]).astype(np.int32)
    turn = np.linspace(0, 2 * np.pi, 7)[:-1]
    eye = np.stack([1.2 * np.cos(np.pi - turn), 0.5 * np.sin(np.pi - turn)], 1)
    places = [[7 * np.cos(a), -1 + 7 * np.sin(a)] for a in np.linspace(np.pi, 2 * np.pi, 17)]
    places += [[x, 5] for x in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)]
    places += [[0, y] for y in (4, 3, 1.5, 0.4)] + [[x, -0.6] for x in (-1.2, -0.6, 0, 0.6, 1.2)]
    places += [*(eye + [-3, 3.4]), *(eye + [3, 3.4])]
    places += [[2.5 * np.cos(a), -3.5 + 0.8 * np.sin(a)] for a in np.linspace(np.pi, -np.pi, 13)[:-1]]
    places += [[1.8 * np.cos(a), -3.5 + 0.2 * np.sin(a)] for a in np.linspace(np.pi, -np.pi, 9)[:-1]]
    landmarks = np.array([((neutral[:, :2] - place) ** 2).sum(1).argmin() for place in places], np.int32)
    rng = np.random.default_rng(0)
    names = [f"{name}{half}" for name in ("browDown", "browInnerUp", "browOuterUp", "eyeWide", "eyeBlink", "mouthSmile", "mouthFrown", "noseSneer") for half in ("_L", "_R")]
    bump = lambda: np.exp(-((neutral[:, :2] - rng.uniform(-5, 5, 2)) ** 2).sum(1) / 8)[:, None] * rng.normal(0, 1, 3)
    shapes = {name: bump().astype(np.float32) for name in [*names, "jawOpen"]}
    modes = np.stack([0.3 * bump() for _ in range(50)]).astype(np.float32)
    return Mesh(neutral, triangles, np.full(len(neutral), FACE, np.int32), shapes, modes, landmarks)
