"""Assigns cells to faces (SimOTA, Ge et al., YOLOX, 2021) and computes the training loss."""

from __future__ import annotations

import torch
from torch.nn import functional

from face.decode import boxes_of, points_of

# Weights of box and point losses against the two score losses.
BOX_WEIGHT, POINT_WEIGHT = 3.0, 20.0
# Background weighs up to this much more the more it looks like a face: what users see of a detector is decided among the one
# cell in 100,000 that fools it most, and without this even pictures that the net is trained on would not stay clean.
HARSH = 3.0
# A face may only be found by cells this near to its centre, in strides and within its box.
RADIUS = 2.5
CANDIDATES = 10
# From this score on, a face that only the teacher sees teaches scores, box and points, by as much as its score. Below it
# lies a murmur over all of the background (0.02 in the mean), which would drown the rest.
TOLD = 0.2


def overlaps(one: torch.Tensor, two: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """IoU and generalised IoU of broadcastable corner boxes."""
    low, high = torch.maximum(one[..., :2], two[..., :2]), torch.minimum(one[..., 2:], two[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    area = lambda b: (b[..., 2:] - b[..., :2]).clamp(min=0).prod(-1)
    union = area(one) + area(two) - shared + 1e-6
    iou = shared / union
    hull = (torch.maximum(one[..., 2:], two[..., 2:]) - torch.minimum(one[..., :2], two[..., :2])).prod(-1) + 1e-6
    return iou, iou - (hull - union) / hull


@torch.no_grad()
def assign(
    boxes: torch.Tensor, score: torch.Tensor, cells: torch.Tensor, faces: torch.Tensor, picture: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """For each positive cell its picture, its cell and its row of `faces`.

    `boxes` [B,A,4] and `score` [B,A] are the present predictions; `picture` [N] says whose each face is.
    """
    places = cells[:, :2] * cells[:, 2:]
    centre, half = (faces[:, :2] + faces[:, 2:4]) / 2, (faces[:, 2:4] - faces[:, :2]) / 2
    distance = (places[None] - centre[:, None]).abs()
    near = (distance <= torch.minimum(RADIUS * cells[None, :, 2:], half[:, None].clamp(min=4.0))).all(-1)
    iou = overlaps(boxes[picture], faces[:, None, :4])[0] * near
    cost = -3.0 * iou.clamp(min=1e-6).log() - score[picture].clamp(min=1e-6).log()
    cost = torch.where(near, cost, torch.full_like(cost, 1e5))
    count = iou.topk(CANDIDATES, 1)[0].sum(1).long().clamp(1, CANDIDATES)
    best, index = cost.topk(CANDIDATES, 1, largest=False)
    chosen = (torch.arange(CANDIDATES)[None] < count[:, None]) & (best < 1e5)
    face, rank = chosen.nonzero(as_tuple=True)
    cell, price = index[face, rank], best[face, rank]
    # A cell that two faces want goes to the one it is cheaper for.
    place = picture[face] * len(cells) + cell
    lowest = torch.full((len(boxes) * len(cells),), torch.inf).scatter_reduce(0, place, price, "amin")
    kept = price <= lowest[place]
    return picture[face[kept]], cell[kept], face[kept]


def _inside(cells: torch.Tensor, faces: torch.Tensor, picture: torch.Tensor, batch: int) -> torch.Tensor:
    """Whether each cell [B,A] of the pictures is in or near one of their faces."""
    places = (cells[:, :2] * cells[:, 2:])[None]
    edge = cells[None, :, 2:] / 2
    inside = ((places >= faces[:, None, :2] - edge) & (places <= faces[:, None, 2:4] + edge)).all(-1)
    count = torch.zeros(batch, len(cells))
    return count.index_add_(0, picture, inside.float()) > 0


def detection_loss(
    raw: torch.Tensor, cells: torch.Tensor, faces: torch.Tensor, picture: torch.Tensor, advice: torch.Tensor,
) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of raw outputs [B,A,16] against face rows (augment.py) of the pictures they belong to.

    `advice` [B,A,16] is what a teacher says of every cell, its two scores between 0 and 1, or zeros. It counts where no
    certain face is: in the background, and in uncertain faces, which teach nothing else.
    """
    boxes = boxes_of(raw[..., 2:6].clamp(-8, 8), cells)
    score = (raw[..., 0].sigmoid() * raw[..., 1].sigmoid()).sqrt().detach()
    certain = faces[:, 14] > 0
    taught, owner = faces[certain], picture[certain]
    where, cell, face = assign(boxes.detach(), score, cells, taught, owner)
    # The root keeps the order, and a small face, whose box is never exact, from being taught as half a face.
    quality = overlaps(boxes[where, cell], taught[face, :4])[0].detach().clamp(0, 1).sqrt()
    positive = torch.zeros_like(score, dtype=torch.bool)
    positive[where, cell] = True
    outside = ~(_inside(cells, taught, owner, len(raw)) | positive)
    # The teacher's class alone means nothing off faces, where it was never taught; its score stands for both.
    told = (advice[..., 0] * advice[..., 1]).sqrt()
    heard = outside & (told > TOLD)
    told = told * heard
    background = ~_inside(cells, faces[~certain], picture[~certain], len(raw))
    weight = torch.where(heard | positive, torch.ones_like(score), (1 + HARSH * score) * background)
    cls_aim, obj_aim = told.index_put((where, cell), quality), told.masked_fill(positive, 1.0)
    also, there = heard.nonzero(as_tuple=True)
    where, cell = torch.cat([where, also]), torch.cat([cell, there])
    aims = torch.cat([taught[face], _rows(advice[also, there], cells[there], told[also, there])])
    share = torch.cat([torch.ones(len(face)), told[also, there]])
    count = share.sum().clamp(min=1)
    cls = (functional.binary_cross_entropy_with_logits(raw[..., 0], cls_aim, reduction="none") * weight).sum() / count
    obj = (functional.binary_cross_entropy_with_logits(raw[..., 1], obj_aim, reduction="none") * weight).sum() / count
    box = ((1 - overlaps(boxes[where, cell], aims[:, :4])[1]) * share).sum() / count
    points = _point_loss(raw[where, cell, 6:], cells[cell], aims)
    loss = cls + obj + BOX_WEIGHT * box + POINT_WEIGHT * points
    parts = {"cls": cls, "obj": obj, "box": box, "points": points, "told": share[len(face):].sum() / count}
    return loss, {k: float(v.detach()) for k, v in parts.items()}


def _rows(advice: torch.Tensor, cells: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    """Face rows of a teacher's outputs in these cells, their points counting by `share`."""
    points = points_of(advice[:, 6:], cells).flatten(1)
    return torch.cat([boxes_of(advice[:, 2:6], cells), points, share[:, None], share[:, None]], 1)


def _point_loss(raw: torch.Tensor, cells: torch.Tensor, faces: torch.Tensor) -> torch.Tensor:
    """Mean distance of the points, in sizes of the face, where points are known."""
    side = (faces[:, 2:4] - faces[:, :2]).prod(-1).clamp(min=1).sqrt()
    aim = faces[:, 4:14].reshape(-1, 5, 2) / cells[:, None, 2:] - cells[:, None, :2]
    gap = functional.smooth_l1_loss(raw.reshape(-1, 5, 2), aim, reduction="none", beta=0.05).sum(-1).mean(-1)
    known = faces[:, 15]
    return (gap * cells[:, 2] / side * known).sum() / known.sum().clamp(min=1)
