"""The second look's network: a close-up of one face in, whether it is there and exactly where out."""

from __future__ import annotations

import torch
from torch import nn

from face.closeups import SIDE

STRIDE = 8
# Five points and the box's two corners, each x and y, and the sureness: so many numbers are found in the same manner.
PLACES, NUMBERS = 7, 15
# As much contrast as noise has; what shows less is not stretched further.
LEAST_CONTRAST = 8.0


def _layer(inputs: int, outputs: int, stride: int = 1) -> list[nn.Module]:
    return [nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]


class _Again(nn.Sequential):
    """A layer that adds to what it is given."""

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        return maps + super().forward(maps)


class CloseNet(nn.Module):
    """Every cell says where it sees each point and how much it is to be believed; their mean by that belief is the answer."""

    def __init__(self, widths: tuple[int, ...] = (16, 32, 64)) -> None:
        super().__init__()
        # Light and contrast are taken out first, so that a dim face looks like a bright one.
        self.even = nn.InstanceNorm2d(1, eps=LEAST_CONTRAST ** 2)
        layers: list[nn.Module] = []
        for inputs, outputs in zip((1, *widths), widths):
            layers += _layer(inputs, outputs, 2) + _layer(outputs, outputs)
        self.body = nn.Sequential(*layers, _Again(*_layer(widths[-1], widths[-1])))
        self.told = nn.Conv2d(widths[-1], 2 * NUMBERS, 1)
        middle = (torch.arange(SIDE // STRIDE) + 0.5) * STRIDE
        across, down = middle.repeat(len(middle)), middle.repeat_interleave(len(middle))
        self.register_buffer("origin", torch.stack([across, down] * PLACES + [torch.zeros_like(across)]), persistent=False)
        self.register_buffer("scale", torch.tensor([STRIDE] * 2 * PLACES + [1])[:, None].float(), persistent=False)

    @torch.no_grad()
    def doubt(self, odds: float) -> None:
        """Is from now on so much less sure of every face, in log-odds."""
        self.told.bias[NUMBERS - 1] -= odds

    def forward(self, close_ups: torch.Tensor) -> torch.Tensor:
        """Of close-ups [B,1,SIDE,SIDE], grey 0..255: ten numbers of points, four of the box's corners, all in pixels, and the face's log-odds."""
        # Of a fixed number of cells: flattened by what their number turns out to be, the exported graph takes four steps for one.
        told = self.told(self.body(self.even(close_ups))).float().view(-1, 2 * NUMBERS, (SIDE // STRIDE) ** 2)
        seen, belief = told.split(NUMBERS, 1)
        return ((seen * self.scale + self.origin) * belief.softmax(2)).sum(2)
