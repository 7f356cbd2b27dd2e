"""Held-out close-ups, the same ones every time, and how well a second look does on them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import torch

from face.augment import CERTAIN_SCORE, moved, paste
from face.close import PLACES, CloseNet
from face.closeups import FACE, SIDE
from face.data import Picture
from face.loss import overlaps

# Every face is seen so many times, its box off by as much as a detector's is; an empty picture, in as many places and sizes.
TIMES, OFF_PLACE, OFF_SIZE = 3, 0.06, 0.06
EMPTY_TIMES = 12
# Smaller faces are hardly marked.
SMALLEST = 16.0


@dataclass
class Views:
    """Close-ups of faces [N,1,SIDE,SIDE] with their rows (augment.py) and groups, and of scenes without any."""

    faces: torch.Tensor
    rows: torch.Tensor
    groups: np.ndarray
    empty: torch.Tensor


def views_of(pictures: list[Picture]) -> Views:
    """Close-ups of all that pictures show."""
    random = np.random.default_rng(5)
    faces, rows, groups, empty = [], [], [], []
    for picture in pictures:
        if picture.group == "negative":
            empty += [_piece(picture, random) for _ in range(EMPTY_TIMES)]
        for face in picture.faces:
            if (face[14] >= CERTAIN_SCORE or picture.group == "head") and face[2:4].prod() >= SMALLEST ** 2:
                for _ in range(TIMES):
                    pixels, row = _view(picture, face, random)
                    faces.append(pixels)
                    rows.append(row)
                    groups.append(picture.group)
    tensor = lambda pixels: torch.from_numpy(np.stack(pixels)[:, None]).float()
    return Views(tensor(faces), torch.from_numpy(np.stack(rows)), np.array(groups), tensor(empty))


def _view(picture: Picture, face: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    side = float(np.sqrt(face[2:4].prod()))
    scale = FACE * float(np.exp(OFF_SIZE * random.standard_normal())) / side
    centre = face[:2] + face[2:4] / 2 + OFF_PLACE * side * random.standard_normal(2)
    return _cut(picture, centre, scale, face)


def _piece(picture: Picture, random: np.random.Generator) -> np.ndarray:
    edges = np.array(picture.pixels.shape[::-1])
    side = np.exp(random.uniform(np.log(32), np.log(edges.min())))
    return _cut(picture, random.uniform(side / 2, edges - side / 2), SIDE / side, np.zeros(17, np.float32))[0]


def _cut(picture: Picture, centre: np.ndarray, scale: float, face: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    matrix = np.hstack([np.eye(2) * scale, (SIDE / 2 - scale * centre)[:, None]])
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    paste(canvas, picture, matrix, feather=False)
    return canvas, moved(face[None], matrix, np.ones(1))[0]


@torch.no_grad()
def measure(net: CloseNet, views: Views) -> dict[str, float]:
    """Points' error on marked heads, boxes, and how faces and emptiness are told apart."""
    told, empty = net.eval()(views.faces), net(views.empty)[:, -1].sigmoid()
    points, sure = told[:, :10].view(-1, 5, 2), told[:, -1].sigmoid()
    marks = views.rows[:, 4:14].view(-1, 5, 2)
    eyes = (marks[:, 0] - marks[:, 1]).norm(dim=1)
    off = ((points - marks).norm(dim=2).mean(1) / eyes)[torch.from_numpy(views.groups == "head") & (views.rows[:, 15] > 0)]
    shared = overlaps(told[:, 10:2 * PLACES], views.rows[:, :4])[0]
    figures = {"points": off.median(), "points_90": off.quantile(0.9)}
    figures |= {f"iou_{group}": shared[torch.from_numpy(views.groups == group)].mean() for group in sorted(set(views.groups))}
    figures |= {"sure": (sure > 0.5).float().mean(), "empty_sure": (empty > 0.5).float().mean()}
    figures |= {"sure_at_1_in_100": (sure > empty.quantile(0.99)).float().mean()}
    return {name: round(float(value), 4) for name, value in figures.items()}
