"""Averaged faces for the demonstration: each is the mean of dozens of people, so it shows an expression and nobody.

Faces whose votes agree best are placed by their eyes, registered to their running mean (ECC, turned and shifted only), split by appearance into disjoint
groups, and averaged. Kept are those that the model itself reads as the expression they are made of.
"""

import json
from pathlib import Path

import cv2
import numpy as np

from .data import SIDE, Faces, protocol
from .labels import LABELS
from .measure import softmax
from .network import FaceNet
from .still import predict

OUT = 128
CANDIDATES = 600
LEAST, MOST = 40, 90  # people in a composite, if its class fills several
EYES = Path("/usr/share/opencv4/haarcascades/haarcascade_eye.xml")  # Debian's opencv-data
EYE_MIDDLE, EYE_DISTANCE = np.array([24.0, 18.1]), 17.4  # pixels of 48, where the server's crops have them
GROUPS = 3
ROUNDS = 3
CLEAR = 0.5  # what the model must give the expression for a composite to be kept
ALIKE = 0.85  # correlation above which two aligned pictures may be one person's; FER+ holds many near copies


def make(faces: Faces, net: FaceNet, folder: Path, seed: int = 4) -> None:
    """Writes `emotion-n.png` files and index.json; classes whose averages are unclear are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    files, people = {}, {}
    for label, name in enumerate(LABELS):
        chosen = _candidates(faces, label, net)
        print(f"{name}: registering {len(chosen)} faces", flush=True)
        aligned = _register(faces.images[chosen])
        kept = 0
        for group in _groups(aligned, seed):
            picture = _develop(_typical(aligned[group]))
            answer = softmax(predict(net, cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)[None]))[0]
            print(f"  {len(group)} people, read as {LABELS[answer.argmax()]} ({answer.max():.2f}), {name} {answer[label]:.2f}")
            if answer[label] < CLEAR:
                continue
            kept += 1
            file = f"{name}-{kept}.png"
            cv2.imwrite(str(folder / file), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])
            files.setdefault(name, []).append(file)
            people[file] = len(group)
    (folder / "index.json").write_text(json.dumps({"emotions": files, "people": people}, indent=2) + "\n")


def _candidates(faces: Faces, label: int, net: FaceNet) -> np.ndarray:
    """The pictures of a class on which voters and the model agree most."""
    index, truth = protocol(faces.votes)
    own = index[truth == label]
    share = faces.votes[own, label] / faces.votes[own].sum(1)
    believed = softmax(predict(net, faces.images[own]))[:, label]
    return own[np.argsort(-share * believed, kind="stable")][:CANDIDATES]


def _register(images: np.ndarray) -> np.ndarray:
    """Aligned pictures [K,OUT,OUT] float32, best fit to their mean first: by the eyes, then by refining to the mean."""
    detector = cv2.CascadeClassifier(str(EYES))
    placed = [(picture, matrix) for picture in images if (matrix := _by_eyes(detector, picture)) is not None]
    if len(placed) < LEAST:
        return np.empty((0, OUT, OUT), np.float32)
    even = _even(np.stack([_warp(picture, matrix, SIDE) for picture, matrix in placed]))
    fits = [(0.0, np.eye(2, 3, dtype=np.float32))] * len(even)
    good = np.arange(len(even))
    for _ in range(ROUNDS):
        mean = np.stack([_warp(even[i], fits[i][1], SIDE) for i in good]).mean(0)
        mean = cv2.GaussianBlur((mean + mean[:, ::-1]) / 2, (0, 0), 0.7)
        fits = [_fit(mean, picture) for picture in even]
        good = np.argsort([-quality for quality, _ in fits])[: max(LEAST, 2 * len(even) // 3)]
    good = _unlike(good, np.stack([_warp(picture, fit, SIDE) for picture, (_, fit) in zip(even, fits)]))
    print(f"  {len(images)} faces, {len(placed)} with both eyes found, {len(good)} fit and unlike each other")
    return np.stack([_warp(placed[i][0].astype(np.float32), _after(placed[i][1], fits[i][1]), OUT) for i in good])


def _unlike(ranked: np.ndarray, aligned: np.ndarray) -> list[int]:
    """Those of `ranked`, in its order, that resemble none before them, mirrored or not."""
    flat = _even(np.stack([cv2.resize(face, (24, 24), interpolation=cv2.INTER_AREA) for face in aligned]))
    mirrored = flat[:, :, ::-1].reshape(len(flat), -1)
    flat = flat.reshape(len(flat), -1)
    kept: list[int] = []
    for i in ranked:
        if not kept or max((flat[kept] @ flat[i]).max(), (mirrored[kept] @ flat[i]).max()) < ALIKE * flat.shape[1]:
            kept.append(int(i))
    return kept


def _by_eyes(detector: cv2.CascadeClassifier, picture: np.ndarray) -> np.ndarray | None:
    """The transform from canonical places to this picture, if its two eyes are found where eyes can be."""
    large = cv2.resize(picture, (192, 192), interpolation=cv2.INTER_CUBIC)
    found = detector.detectMultiScale(large[:120], 1.05, 4, minSize=(28, 28), maxSize=(70, 70))
    if len(found) != 2:
        return None
    (ax, ay), (bx, by) = sorted((x + w / 2, y + h / 2) for x, y, w, h in found)
    across, down = (bx - ax) / 4, (by - ay) / 4
    if not 13 < across < 27 or abs(down) > 0.2 * across:
        return None
    cos, sin = across / EYE_DISTANCE, down / EYE_DISTANCE
    middle = np.array([(ax + bx) / 8, (ay + by) / 8])
    turn = np.array([[cos, -sin], [sin, cos]])
    return np.hstack([turn, (middle - turn @ EYE_MIDDLE)[:, None]]).astype(np.float32)


def _after(outer: np.ndarray, inner: np.ndarray) -> np.ndarray:
    return (outer @ np.vstack([inner, [0, 0, 1]])).astype(np.float32)


def _even(images: np.ndarray) -> np.ndarray:
    """Every picture at the same mean and contrast, so that no bright one rules the average."""
    pictures = images.astype(np.float32)
    spread = pictures.std((1, 2), keepdims=True) + 8
    return (pictures - pictures.mean((1, 2), keepdims=True)) / spread


def _fit(mean: np.ndarray, picture: np.ndarray) -> tuple[float, np.ndarray]:
    start = np.eye(2, 3, dtype=np.float32)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-4)
    inner = np.zeros((SIDE, SIDE), np.uint8)
    inner[8:44, 6:42] = 1  # the features; hair and background would pull the fit elsewhere
    try:
        # Free to scale, the pictures and their mean drive one another to ever larger faces, wider than any crop shows them.
        return cv2.findTransformECC(mean, picture, start, cv2.MOTION_EUCLIDEAN, stop, inner, 3)
    except cv2.error:  # did not converge: this picture is unlike the others
        return -1.0, start


def _warp(picture: np.ndarray, matrix: np.ndarray, side: int) -> np.ndarray:
    scale = SIDE / side
    finer = matrix @ np.array([[scale, 0, (scale - 1) / 2], [0, scale, (scale - 1) / 2], [0, 0, 1]], np.float32)
    return cv2.warpAffine(picture, finer, (side, side), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REPLICATE)


def _groups(aligned: np.ndarray, seed: int) -> list[np.ndarray]:
    """Disjoint groups of 40 to 90, split by light and shape so that they look like different people; too few stay one."""
    small = np.stack([cv2.resize(face, (16, 16), interpolation=cv2.INTER_AREA).ravel() for face in aligned])
    count = min(GROUPS, len(aligned) // (2 * LEAST) or len(aligned) // LEAST)
    if count < 2:
        return [np.arange(len(aligned))] if count else []
    cv2.setRNGSeed(seed)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 50, 0.1)
    _, member, _ = cv2.kmeans(small, count, None, stop, 4, cv2.KMEANS_PP_CENTERS)
    groups = [np.flatnonzero(member.ravel() == k)[:MOST] for k in range(count)]
    return [group for group in groups if len(group) >= LEAST]


def _typical(aligned: np.ndarray) -> np.ndarray:
    """The mean of the middle three quarters at every pixel: no single hair, hand or watermark shows."""
    ordered, cut = np.sort(_even(aligned), 0), len(aligned) // 8
    return ordered[cut:len(aligned) - cut].mean(0)


def _develop(mean: np.ndarray) -> np.ndarray:
    """Sharpens what averaging softened and stretches the contrast, bending at both ends so that eyes and mouths never clip to black."""
    sharp = mean + 0.8 * (mean - cv2.GaussianBlur(mean, (0, 0), 3))
    return (128 + 100 * np.tanh((sharp - sharp.mean()) / sharp.std() * 0.5)).round().astype(np.uint8)
