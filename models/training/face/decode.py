"""YuNet's decoding and non-maximum suppression, for training, measuring and pseudo-labels."""

from __future__ import annotations

import numpy as np
import torch

from face.net import STRIDES


def grid(height: int, width: int) -> torch.Tensor:
    """Every cell's column, row and stride, [cells, 3], in the order of the outputs."""
    parts = []
    for stride in STRIDES:
        rows, columns = torch.meshgrid(
            torch.arange(height // stride), torch.arange(width // stride), indexing="ij")
        parts.append(torch.stack([columns, rows, torch.full_like(rows, stride)], -1).reshape(-1, 3))
    return torch.cat(parts).float()


def boxes_of(raw: torch.Tensor, cells: torch.Tensor) -> torch.Tensor:
    """Box outputs [..., cells, 4] to corners x0, y0, x1, y1 in pixels."""
    stride = cells[:, 2:]
    centre = (cells[:, :2] + raw[..., :2]) * stride
    half = raw[..., 2:].exp() * stride * 0.5
    return torch.cat([centre - half, centre + half], -1)


def points_of(raw: torch.Tensor, cells: torch.Tensor) -> torch.Tensor:
    """Point outputs [..., cells, 10] to five x, y in pixels, [..., cells, 5, 2]."""
    return (raw.unflatten(-1, (5, 2)) + cells[:, None, :2]) * cells[:, None, 2:]


def overlap(one: np.ndarray, many: np.ndarray) -> np.ndarray:
    """Intersection over union of corner box `one` with each of `many`."""
    size = np.clip(np.minimum(one[2:], many[:, 2:]) - np.maximum(one[:2], many[:, :2]), 0, None).prod(1)
    return size / ((one[2:] - one[:2]).prod() + (many[:, 2:] - many[:, :2]).prod(1) - size + 1e-9)


def suppress(boxes: np.ndarray, scores: np.ndarray, limit: float) -> list[int]:
    """Greedy non-maximum suppression: the kept rows, best first."""
    order, kept = np.argsort(-scores), []
    while len(order):
        kept.append(int(order[0]))
        order = order[1:][overlap(boxes[order[0]], boxes[order[1:]]) <= limit]
    return kept


def decode(
    outputs: dict[str, torch.Tensor], height: int, width: int, threshold: float, nms: float = 0.3,
) -> list[dict[str, np.ndarray]]:
    """Faces of each picture of a batch: corner `boxes`, `scores` and `points`, best first."""
    joined = {k: torch.cat([outputs[f"{k}_{s}"] for s in STRIDES], 1) for k in ("cls", "obj", "bbox", "kps")}
    cells = grid(height, width)
    scores = (joined["cls"].clamp(0, 1) * joined["obj"].clamp(0, 1)).sqrt()[..., 0]
    found = []
    for i in range(len(scores)):
        keep = scores[i] >= threshold
        boxes = boxes_of(joined["bbox"][i, keep], cells[keep]).numpy()
        points = points_of(joined["kps"][i, keep], cells[keep]).numpy()
        kept = suppress(boxes, scores[i, keep].numpy(), nms)
        found.append({"boxes": boxes[kept], "scores": scores[i, keep].numpy()[kept], "points": points[kept]})
    return found
