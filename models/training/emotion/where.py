"""Draws where the network looks: the class map of each averaged face's own answer, laid over it."""

from pathlib import Path

import cv2
import numpy as np
import torch

from .data import SIDE
from .labels import LABELS
from .network import FaceNet

TILE = 128


@torch.no_grad()
def draw(net: FaceNet, composites: Path, path: Path) -> None:
    """One column a face: above the face, below its map; red speaks for the answer. Nothing without composites."""
    columns = [_column(net, file) for file in sorted(composites.glob("*-1.png"))]
    if columns:
        cv2.imwrite(str(path), np.concatenate(columns, 1))


def _column(net: FaceNet, file: Path) -> np.ndarray:
    face = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    small = cv2.resize(face, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    maps = net.classify(net.features(torch.from_numpy(small).float()[None, None]))[0]
    answer = int(maps.mean((1, 2)).argmax())
    map_ = maps[answer] - maps.mean(0)
    strength = (map_ / map_.abs().max()).clamp(0, 1).numpy()
    heat = cv2.resize(strength, (TILE, TILE), interpolation=cv2.INTER_CUBIC).clip(0, 1)[..., None]
    grey = cv2.cvtColor(cv2.resize(face, (TILE, TILE)), cv2.COLOR_GRAY2BGR).astype(np.float32)
    marked = grey * (1 - 0.6 * heat) + np.array([40, 40, 255], np.float32) * 0.6 * heat
    title = np.full((20, TILE, 3), 255, np.uint8)
    cv2.putText(title, LABELS[answer], (4, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (40, 40, 40), 1, cv2.LINE_AA)
    return np.concatenate([title, grey.astype(np.uint8), marked.astype(np.uint8)])
