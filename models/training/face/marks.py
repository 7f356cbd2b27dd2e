"""Puts every training face's five points where people would have marked them.

People marked 4,537 heads; all other faces have YuNet's points, which lie 12 % of an eye distance from such marks. A net
that learns from nothing but the marks comes within 5.5 % of them on heads it has not seen, so its points replace YuNet's.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from face.augment import MIRRORED
from face.data import Picture

SIDE, STRIDE = 80, 8
# In the marked heads, which are SIDE pixels wide, a face's box has this side in the middle.
FACE_SIDE = 45.6
# Below this many pixels an enlarged face shows too little to be marked again.
SMALLEST = 16.0
EPOCHS, BATCH, RATE = 30, 64, 2e-3


class MarksNet(nn.Module):
    """Every cell says where it sees each point, and how much it is to be believed."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inputs, outputs in ((1, 24), (24, 48), (48, 96)):
            for before, stride in ((inputs, 2), (outputs, 1)):
                layers += [nn.Conv2d(before, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        self.place, self.belief = nn.Conv2d(96, 10, 1), nn.Conv2d(96, 10, 1)

    def forward(self, heads: torch.Tensor) -> torch.Tensor:
        """Five points [B,5,2] in pixels of heads [B,1,SIDE,SIDE]."""
        spread = heads.std((1, 2, 3), keepdim=True) + 8
        seen = self.body((heads - heads.mean((1, 2, 3), keepdim=True)) / spread)
        middle = (torch.arange(SIDE // STRIDE) + 0.5) * STRIDE
        across, down = middle.repeat(len(middle)), middle.repeat_interleave(len(middle))
        places = self.place(seen).flatten(2) * STRIDE + torch.stack([across, down] * 5)
        return (places * self.belief(seen).flatten(2).softmax(2)).sum(2).view(-1, 5, 2)


def _marked(picture: Picture) -> bool:
    """Whether people's marks on this head are sound."""
    return picture.group == "head" and len(picture.faces) > 0 and picture.faces[0, 15] > 0


def learn(pictures: list[Picture], epochs: int = EPOCHS) -> MarksNet:
    """A net that marks heads as people did."""
    torch.manual_seed(1)
    net = MarksNet()
    heads = [p for p in pictures if _marked(p)]
    seen = torch.from_numpy(np.stack([cv2.resize(p.pixels, (SIDE, SIDE)) for p in heads]))[:, None].float()
    scale = np.array([[SIDE / p.pixels.shape[1], SIDE / p.pixels.shape[0]] for p in heads], np.float32)
    marks = torch.from_numpy(np.stack([p.faces[0, 4:14].reshape(5, 2) for p in heads]) * scale[:, None])
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02)
    steps = max(1, epochs * len(heads) // BATCH)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, step / (0.05 * steps)) * (1 + math.cos(math.pi * step / steps)) / 2
        random = np.random.default_rng(step)
        pick = torch.from_numpy(random.integers(0, len(heads), BATCH))
        pixels, aim = _moved(seen[pick], marks[pick], random)
        eyes = (aim[:, 0] - aim[:, 1]).norm(dim=1).clamp(min=4)
        loss = ((net(pixels) - aim).norm(dim=2).mean(1) / eyes).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 100 == 99:
            print(f"\rmarks {step + 1}/{steps}, off by {float(loss):.3f} eye distances", end="", flush=True)
    print(flush=True)
    return net.eval()


def _moved(pixels: torch.Tensor, points: torch.Tensor, random: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Heads and their points turned, scaled, shifted, and mirrored every other time."""
    count = len(pixels)
    draw = lambda *shape: torch.from_numpy(random.standard_normal(shape)).float()
    angle, size = 0.15 * draw(count), (0.12 * draw(count)).exp()
    mirror = torch.from_numpy(random.choice([-1.0, 1.0], count)).float()
    across, up = angle.cos() * size, angle.sin() * size
    linear = torch.stack([across * mirror, -up, up * mirror, across], 1).view(-1, 2, 2)
    shift = 0.06 * draw(count, 2)
    grid = functional.affine_grid(torch.cat([linear, shift[:, :, None]], 2), list(pixels.shape), align_corners=False)
    moved = functional.grid_sample(pixels, grid, align_corners=False, padding_mode="border")
    # The grid says where each new pixel comes from; points go the other way.
    middle = SIDE / 2
    there = torch.einsum("bij,bpj->bpi", torch.linalg.inv(linear), points / middle - 1 - shift[:, None]) * middle + middle
    return moved, torch.where(mirror.view(-1, 1, 1) < 0, there[:, MIRRORED], there)


def _head(picture: Picture, face: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A face cut out as the marked heads are, and the map that brings its pixels back into the picture."""
    x, y, width, height = face[:4]
    scale = FACE_SIDE / math.sqrt(width * height)
    corner = np.array([x + width / 2, y + height / 2]) - SIDE / 2 / scale
    # A pixel's middle is half a pixel from its corner, where boxes and points are counted from.
    shift = (0.5 - corner) * scale - 0.5
    warp = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    method = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    head = cv2.warpAffine(picture.pixels, warp, (SIDE, SIDE), flags=method, borderMode=cv2.BORDER_REPLICATE)
    return head, np.array([1 / scale, *corner], np.float32)


@torch.no_grad()
def _points(net: MarksNet, heads: np.ndarray) -> np.ndarray:
    """The points [N,5,2] of heads, each the mean of what the head and its mirror image show."""
    seen = torch.from_numpy(heads)[:, None].float()
    mirrored = net(seen.flip(3))[:, MIRRORED]
    mirrored[..., 0] = SIDE - mirrored[..., 0]
    return ((net(seen) + mirrored) / 2).numpy()


def mark_anew(pictures: list[Picture], net: MarksNet) -> None:
    """Replaces the points that a detector gave to faces of `pictures`, in place."""
    faces = [
        (picture, row) for picture in pictures if picture.group != "head"
        for row in np.flatnonzero((picture.faces[:, 15] > 0) & (picture.faces[:, 2:4].prod(1) >= SMALLEST ** 2))]
    for start in range(0, len(faces), BATCH):
        part = faces[start:start + BATCH]
        heads, places = zip(*(_head(picture, picture.faces[row]) for picture, row in part))
        places = np.stack(places)[:, None]
        points = _points(net, np.stack(heads)) * places[..., :1] + places[..., 1:]
        for (picture, row), found in zip(part, points):
            picture.faces[row, 4:14] = found.reshape(-1)
        print(f"\rmarked again {start + len(part)}/{len(faces)}", end="", flush=True)
    print(flush=True)
