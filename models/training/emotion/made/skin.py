"""What lies on the surface: wrinkles that muscles fold, and the skin, brows, lips, beard and hair of a made person."""

import numpy as np

from .mesh import FACE, GUMS, LEFT_EYE, LEFT_SOCKET, MOUTH_SOCKET, RIGHT_EYE, RIGHT_SOCKET, TEETH, Mesh


def _along(path: np.ndarray, steps: int = 6) -> np.ndarray:
    share = np.linspace(0, 1, steps)[:, None]
    return np.concatenate([a + (b - a) * share for a, b in zip(path, path[1:])])


def distance(places: np.ndarray, path: np.ndarray) -> np.ndarray:
    """From each place to a line of points, seen from the front."""
    points = _along(path)[:, :2]
    best = np.full(len(places), np.inf, np.float32)
    for point in points:
        np.minimum(best, ((places[:, :2] - point) ** 2).sum(1), out=best)
    return np.sqrt(best)


def wrinkles(mesh: Mesh, rest: np.ndarray) -> dict[str, np.ndarray]:
    """Folds by the shape that makes them: how dark each vertex of the face becomes, 0 to 1."""
    marks, skin = rest[mesh.landmarks], mesh.part == FACE
    places = rest[skin]
    fields: dict[str, np.ndarray] = {}

    def put(names: tuple[str, ...], field: np.ndarray) -> None:
        whole = np.zeros(len(rest), np.float32)
        whole[skin] = field
        for name in names:
            fields[name] = np.maximum(fields[name], whole) if name in fields else whole

    def line(path: np.ndarray, width: float) -> np.ndarray:
        return np.exp(-(distance(places, path) / width) ** 2)

    brow = marks[[21, 22]].mean(0)
    frown = sum(line(np.array([brow + [x, -0.3, 0], brow + [x * 1.15, 1.2, 0]]), 0.3) for x in (-0.5, 0.5))
    put(("browDown_L", "browDown_R"), np.clip(frown, 0, 1))
    up = places[:, 1] - brow[1]
    rows = np.clip(np.sin(up * 2 * np.pi / 0.95), 0, 1) * ((up > 0.9) & (up < 4.2)) * np.exp(-(places[:, 0] / 3.6) ** 4)
    put(("browOuterUp_L", "browOuterUp_R"), rows)
    put(("browInnerUp_L", "browInnerUp_R"), rows * np.exp(-(places[:, 0] / 2.0) ** 2))
    bridge = np.clip(np.sin((places[:, 1] - marks[27][1]) * 2 * np.pi / 0.7), 0, 1) * np.exp(-((places[:, 1] - marks[27][1]) / 0.9) ** 2 - (places[:, 0] / 1.1) ** 2)
    for side, wing, corner, out, lid, sign in (("L", 35, 54, 45, 47, 1), ("R", 31, 48, 36, 41, -1)):
        fold = line(np.array([marks[wing] + [sign * 0.5, 0.4, 0], (marks[wing] + marks[corner]) / 2 + [sign * 1.0, 0, 0], marks[corner] + [sign * 0.9, -0.1, 0]]), 0.28)
        put((f"mouthSmile_{side}", f"mouthUpperUp_{side}"), fold)
        put((f"noseSneer_{side}",), np.clip(0.8 * fold + bridge, 0, 1))
        crow = sum(line(np.array([marks[out] + [sign * 0.5, 0, 0], marks[out] + [sign * 1.6, dy, 0]]), 0.12) for dy in (0.7, 0.1, -0.5))
        bag = line(np.array([marks[lid] + [-sign * 1.0, -0.5, 0], marks[lid] + [sign * 0.7, -0.4, 0]]), 0.2)
        put((f"cheekSquint_{side}",), np.clip(crow + bag, 0, 1))
        put((f"eyeSquint_{side}",), 0.7 * bag)
        put((f"mouthDimple_{side}",), line(np.array([marks[corner] + [sign * 0.45, 0.6, 0], marks[corner] + [sign * 0.45, -0.6, 0]]), 0.2))
        put((f"mouthFrown_{side}",), line(np.array([marks[corner] + [sign * 0.2, -0.1, 0], marks[corner] + [sign * 0.55, -1.3, 0]]), 0.24))
    chin = marks[8] + [0, 1.4, 0]
    put(("mouthShrugLower",), np.exp(-(((places[:, :2] - chin[:2]) / [1.3, 0.8]) ** 2).sum(1)) * np.clip(np.sin(places[:, 0] * 9) * np.sin(places[:, 1] * 11) + 0.3, 0, 1)
        + 0.6 * line(np.array([marks[57] + [-1.0, -0.7, 0], marks[57] + [1.0, -0.7, 0]]), 0.2))
    return fields


def folded(fields: dict[str, np.ndarray], weights: dict[str, float], depth: float) -> np.ndarray | float:
    """How dark the folds of an expression are, for one vertex each."""
    return depth * sum((min(weight, 1.0) * fields[name] for name, weight in weights.items() if name in fields), 0.0)


def noise(places: np.ndarray, rng: np.random.Generator, size: float, waves: int = 12) -> np.ndarray:
    """Smooth noise over the surface with about unit deviation."""
    directions = rng.normal(0, 1 / size, (waves, 3))
    return np.sqrt(2 / waves) * np.cos(places @ directions.T + rng.uniform(0, 2 * np.pi, waves)).sum(1).astype(np.float32)


def albedo(mesh: Mesh, rest: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The shade of a made person's surface, 0 to 1; eyes are left to `eyes`."""
    marks, part, skin = rest[mesh.landmarks], mesh.part, mesh.part == FACE
    places = rest[skin]
    tone = rng.uniform(0.3, 0.92)
    face = np.full(len(places), tone, np.float32)
    face *= 1 + rng.uniform(0.01, 0.05) * noise(places, rng, 2.5) + rng.uniform(0, 0.03) * noise(places, rng, 0.5)
    hair = tone * rng.uniform(0.08, 0.75) if rng.random() < 0.85 else min(1.0, tone * rng.uniform(0.9, 1.2))
    thickness, darkness = rng.uniform(0.22, 0.5), rng.uniform(0.35, 0.95)
    lift = rng.normal(0, 0.12)
    for brow in (marks[17:22], marks[22:27]):
        weight = np.clip(1.4 - distance(places, brow + [0, lift, 0]) / thickness, 0, 1) * darkness
        face += weight * (min(hair, tone) - face)
    lips = np.clip(1.3 - np.minimum(distance(places, marks[48:55]), distance(places, marks[[48, 59, 58, 57, 56, 55, 54]])) / 0.42, 0, 1)
    face *= 1 - lips * rng.uniform(0.05, 0.4)
    for eye in (marks[[36, 37, 38, 39, 40, 41, 36]], marks[[42, 43, 44, 45, 46, 47, 42]]):
        near = distance(places, eye)
        face *= 1 - np.clip(1.2 - near / 0.22, 0, 1) * rng.uniform(0.2, 0.6) - np.clip(1 - near / 1.6, 0, 1) * rng.uniform(0, 0.2)
    if rng.random() < 0.25:
        low = np.clip((marks[33][1] - 0.3 - places[:, 1]) / 0.8, 0, 1) * np.clip((distance(places, marks[48:60]) - 0.3) / 0.3, 0, 1)
        face *= 1 - low * rng.uniform(0.1, 0.65) * (1 + 0.12 * noise(places, rng, 0.4))
    if rng.random() < 0.9:
        line = marks[[19, 24]][:, 1].mean() + rng.uniform(2.2, 6.5) - rng.uniform(0, 0.08) * places[:, 0] ** 2 + rng.uniform(0, 0.5) * noise(places, rng, 1.2)
        weight = np.clip((places[:, 1] - line) / 0.5, 0, 1)
        face += weight * (hair * (1 + 0.2 * noise(places, rng, 0.5)) - face)
    out = np.full(len(rest), tone, np.float32)
    out[skin] = np.clip(face, 0.02, 1)
    out[part == MOUTH_SOCKET] = 0.1 * tone
    out[part == GUMS] = tone * rng.uniform(0.3, 0.5)
    out[part == TEETH] = min(1.0, tone * 0.4 + rng.uniform(0.3, 0.6))
    out[(part == LEFT_SOCKET) | (part == RIGHT_SOCKET)] = 0.5 * tone
    return out


def eyes(mesh: Mesh, rest: np.ndarray, gaze: tuple[float, float], white: float, iris: float) -> tuple[np.ndarray, np.ndarray]:
    """Shades of the eyes' vertices for a gaze (radians to the picture's right and up), and the mask of these vertices."""
    mask = (mesh.part == LEFT_EYE) | (mesh.part == RIGHT_EYE)
    shade = np.empty(mask.sum(), np.float32)
    ahead = np.array([np.sin(gaze[0]), np.sin(gaze[1]), 1.0])
    ahead /= np.linalg.norm(ahead)
    parts = mesh.part[mask]
    for eye in (LEFT_EYE, RIGHT_EYE):
        ball = rest[mesh.part == eye]
        if not len(ball):
            continue
        out = ball - ball.mean(0)
        angle = (out @ ahead) / np.linalg.norm(out, axis=1)
        # An iris of 12 mm on a ball of 24: half an angle of 30 degrees; the pupil a third of it.
        shade[parts == eye] = np.where(angle > 0.985, 0.03, np.where(angle > 0.87, iris, white))
    return shade, mask
