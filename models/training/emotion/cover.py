"""Things in front of faces: masks, dark glasses, hands; drawn onto 48x48 crops before the damage of a camera."""

import torch

from .data import SIDE

_DOWN = (torch.arange(SIDE, dtype=torch.float32) + 0.5).view(1, -1, 1)
_ACROSS = (torch.arange(SIDE, dtype=torch.float32) + 0.5).view(1, 1, -1)


def some(images: torch.Tensor, chance: float, rng: torch.Generator) -> torch.Tensor:
    """Covers a share of pictures [N,48,48]; each kind as often as the others."""
    count = len(images)
    kind = torch.randint(3, (count,), generator=rng)
    covered = torch.rand(count, generator=rng) < chance
    out = images.float()
    for number, draw in enumerate((mask, glasses, hand)):
        rows = torch.nonzero(covered & (kind == number)).flatten()
        if len(rows):
            out[rows] = draw(out[rows], rng)
    return out


def _uniform(low: float, high: float, count: int, rng: torch.Generator) -> torch.Tensor:
    return (low + (high - low) * torch.rand(count, generator=rng)).view(-1, 1, 1)


def _ellipse(x: torch.Tensor, y: torch.Tensor, wide: torch.Tensor, high: torch.Tensor) -> torch.Tensor:
    """1 inside, 0 outside, with an edge of about a pixel."""
    far = (((_ACROSS - x) / wide) ** 2 + ((_DOWN - y) / high) ** 2).sqrt()
    return ((1 - far) * torch.minimum(wide, high) + 0.5).clamp(0, 1)


def _paint(images: torch.Tensor, area: torch.Tensor, shade: torch.Tensor) -> torch.Tensor:
    return images + area * (shade - images)


def mask(images: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """Cloth over nose, mouth and chin, with a fold or two."""
    n = len(images)
    middle, top = _uniform(22, 26, n, rng), _uniform(21, 29, n, rng)
    area = _ellipse(middle, _uniform(36, 40, n, rng), _uniform(14, 20, n, rng), _uniform(13, 19, n, rng))
    area = area * (_DOWN - top - ((_ACROSS - middle) / 14) ** 2 * 2 + 0.5).clamp(0, 1)
    folds = _uniform(0, 18, n, rng) * torch.sin(_DOWN * _uniform(0.5, 1.2, n, rng) + _uniform(0, 6, n, rng))
    return _paint(images, area, _uniform(10, 245, n, rng) + folds)


def glasses(images: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """Two dark lenses with a bridge; some let the eyes through a little."""
    n = len(images)
    y, apart, wide, high = _uniform(17.5, 20, n, rng), _uniform(8.2, 9.5, n, rng), _uniform(6, 8.3, n, rng), _uniform(4.2, 7, n, rng)
    lenses = torch.maximum(_ellipse(24 - apart, y, wide, high), _ellipse(24 + apart, y, wide, high))
    bridge = ((_DOWN - y + 2).abs() < 0.9).float() * ((_ACROSS - 24).abs() < 20).float() * _uniform(0, 1, n, rng).round()
    return _paint(images, torch.maximum(lenses, bridge) * _uniform(0.75, 1, n, rng), _uniform(0, 60, n, rng))


def hand(images: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """A fist or palm with fingers, of about the face's own shade, somewhere over mouth, cheek or eyes."""
    n = len(images)
    shade = images[:, 12:40, 12:36].mean((1, 2)).view(-1, 1, 1) * _uniform(0.75, 1.2, n, rng)
    x, y = _uniform(10, 38, n, rng), _uniform(16, 44, n, rng)
    area = _ellipse(x, y, _uniform(6, 11, n, rng), _uniform(6, 12, n, rng))
    lean, length = _uniform(-0.5, 0.5, n, rng), _uniform(8, 16, n, rng)
    for finger in range(4):
        across = x + (finger - 1.5) * 4
        along = y - length * 0.7
        slanted = across + lean * (_DOWN - y)
        area = torch.maximum(area, (((_ACROSS - slanted).abs() < 1.7) & ((_DOWN - along).abs() < length * 0.8)).float())
    light = 14 * torch.cos((_ACROSS - x) * 0.8)
    return _paint(images, area, (shade + light).clamp(0, 255))
