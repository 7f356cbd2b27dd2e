"""What a webcam, a detector and JPEG do to a face crop, as batched tensor operations with explicit parameters.

One `Damage` row describes one picture, so that a sequence can share part of its damage and draw the rest again for each frame.
"""

import math
from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F

from .data import SIDE

# The luminance table of the JPEG standard (ITU-T T.81, table K.1).
_QUANTISATION = torch.tensor([
    [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99]], dtype=torch.float32)


@dataclass
class Damage:
    """Parameters of N pictures; each field is [N], or [N,k] where said."""

    flip: torch.Tensor  # -1 mirrors, 1 does not
    angle: torch.Tensor  # radians
    zoom: torch.Tensor  # natural logarithm
    stretch: torch.Tensor  # natural logarithm of width over height
    shear: torch.Tensor
    shift: torch.Tensor  # [N,2] in picture widths
    blur: torch.Tensor  # [N,2] sigma in pixels, across and down
    gamma: torch.Tensor  # natural logarithm
    gain: torch.Tensor  # natural logarithm of the contrast
    bias: torch.Tensor  # grey levels
    slope: torch.Tensor  # [N,2] grey levels from edge to edge: light from one side
    noise: torch.Tensor  # standard deviation, grey levels
    quality: torch.Tensor  # JPEG quality 1..100; 0 leaves it out
    cover: torch.Tensor  # [N,4] centre and size of a covering box in picture widths; size 0 leaves it out
    cover_grey: torch.Tensor

    def reshape(self, *shape: int) -> "Damage":
        """Gives every field the leading shape, keeping a field's own last axis."""
        wide = {"shift", "blur", "slope", "cover"}
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return Damage(**{name: value.reshape(*shape, value.shape[-1]) if name in wide else value.reshape(*shape)
                         for name, value in values.items()})


def _normal(rng: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=rng)


def _uniform(rng: torch.Generator, low: float, high: float, *shape: int) -> torch.Tensor:
    return low + (high - low) * torch.rand(*shape, generator=rng)


def _sometimes(rng: torch.Generator, chance: float, n: int) -> torch.Tensor:
    return (torch.rand(n, generator=rng) < chance).float()


def none(n: int) -> Damage:
    """No damage at all."""
    zero, pair = torch.zeros(n), torch.zeros(n, 2)
    return Damage(torch.ones(n), zero, zero, zero, zero, pair, pair, zero, zero, zero, pair, zero, zero,
                  torch.zeros(n, 4), zero)


def draw(n: int, rng: torch.Generator, webcam: float = 0.35) -> Damage:
    """Training damage: every picture is moved and relit, and a share `webcam` also gets blur, noise and JPEG."""
    bad = _sometimes(rng, webcam, n)
    box = torch.cat([_uniform(rng, 0.1, 0.9, n, 2), _uniform(rng, 0.15, 0.45, n, 2)], 1)
    sigma = _uniform(rng, 0.3, 1.9, n, 1) * torch.exp(0.4 * _normal(rng, n, 2))
    return Damage(
        flip=2 * _sometimes(rng, 0.5, n) - 1,
        angle=0.15 * _normal(rng, n).clamp(-2.5, 2.5),
        zoom=0.09 * _normal(rng, n).clamp(-2, 2),
        stretch=0.05 * _normal(rng, n).clamp(-2, 2),
        shear=0.05 * _normal(rng, n).clamp(-2, 2),
        shift=0.045 * _normal(rng, n, 2).clamp(-2.5, 2.5),
        blur=sigma.clamp(max=2.5) * (bad * _sometimes(rng, 0.7, n)).unsqueeze(1),
        gamma=(0.15 + 0.2 * bad) * _normal(rng, n).clamp(-2, 2),
        gain=(0.15 + 0.15 * bad) * _normal(rng, n).clamp(-2, 2),
        bias=(10 + 15 * bad) * _normal(rng, n).clamp(-2, 2),
        slope=25 * _normal(rng, n, 2).clamp(-2, 2) * _sometimes(rng, 0.3, n).unsqueeze(1),
        noise=_uniform(rng, 0, 14, n) * bad * _sometimes(rng, 0.6, n),
        quality=_uniform(rng, 12, 80, n) * bad * _sometimes(rng, 0.6, n),
        cover=box * torch.cat([torch.ones(n, 2), _sometimes(rng, 0.4, n).unsqueeze(1).expand(n, 2)], 1),
        cover_grey=_uniform(rng, 0, 255, n))


def draw_sequence(n: int, frames: int, rng: torch.Generator) -> Damage:
    """Webcam life of `n` faces over `frames` frames: each has a level of badness of its own, from none to heavy.

    Part of the damage stays for the whole sequence (the camera, the light), part is drawn for each frame (the
    detector's jitter, noise), and now and then a frame goes bad alone: a smear, a flash, a hand before the face.
    """
    level = (_uniform(rng, 0, 1.3, n, 1) * (torch.rand(n, 1, generator=rng) > 0.15)).expand(n, frames)
    total = n * frames

    def mixed(stay: float, change: float, width: int = 0) -> torch.Tensor:
        shape = (width,) if width else ()
        scale = level.unsqueeze(-1) if width else level
        kept = _normal(rng, n, 1, *shape).clamp(-2, 2).expand(n, frames, *shape)
        return (scale * (stay * kept + change * _normal(rng, n, frames, *shape).clamp(-2, 2))).reshape(total, *shape)

    def moments(chance: float) -> torch.Tensor:
        return (torch.rand(n, frames, generator=rng) < chance * level).float().reshape(total)

    smear, flash, hand = moments(0.3), moments(0.15), moments(0.3)
    soft = (torch.rand(n, 1, generator=rng) < 0.5).float().expand(n, frames) * level
    blur = soft.reshape(total, 1) * _uniform(rng, 0.2, 1.6, n, 1).expand(n, frames).reshape(total, 1)
    blur = blur.expand(total, 2) + smear.unsqueeze(1) * _uniform(rng, 0, 4.0, total, 2)
    box = torch.cat([_uniform(rng, 0.1, 0.9, total, 2), _uniform(rng, 0.3, 0.9, total, 2) * hand.unsqueeze(1)], 1)
    pressed = (torch.rand(n, 1, generator=rng) < 0.6).float().expand(n, frames).reshape(total)
    return Damage(
        flip=(2 * _sometimes(rng, 0.5, n) - 1).unsqueeze(1).expand(n, frames).reshape(total),
        angle=mixed(0.10, 0.10), zoom=mixed(0.06, 0.09), stretch=mixed(0.03, 0.04), shear=mixed(0.03, 0.03),
        shift=mixed(0.03, 0.06, 2), blur=blur.clamp(max=5),
        gamma=mixed(0.25, 0.06) + flash * _normal(rng, total) * 0.5,
        gain=mixed(0.2, 0.06), bias=mixed(15, 6) + flash * _normal(rng, total) * 40,
        slope=mixed(15, 4, 2), noise=mixed(7, 2).abs(),
        quality=pressed * (75 - 48 * level.reshape(total) + 6 * _normal(rng, total)).clamp(8, 90),
        cover=box, cover_grey=_uniform(rng, 0, 255, total))


def apply(images: torch.Tensor, damage: Damage, rng: torch.Generator) -> torch.Tensor:
    """Damages pictures [N,48,48] of 0..255; returns float [N,1,48,48] of 0..255."""
    out = _move(images.float().unsqueeze(1), damage)
    out = _blur(out, damage.blur)
    out = _cover(out, damage)
    out = _light(out, damage)
    out = out + damage.noise.view(-1, 1, 1, 1) * torch.randn(out.shape, generator=rng)
    return _compress(out.clamp(0, 255), damage.quality)


def _move(out: torch.Tensor, d: Damage) -> torch.Tensor:
    scale, stretch = torch.exp(-d.zoom), torch.exp(d.stretch / 2)
    cos, sin = torch.cos(d.angle) * scale, torch.sin(d.angle) * scale
    theta = torch.stack([
        torch.stack([d.flip * cos / stretch, d.flip * (-sin + d.shear), 2 * d.shift[:, 0]], 1),
        torch.stack([sin, cos * stretch, 2 * d.shift[:, 1]], 1)], 1)
    grid = F.affine_grid(theta, list(out.shape), align_corners=False)
    return F.grid_sample(out, grid, mode="bilinear", padding_mode="border", align_corners=False)


def _blur(out: torch.Tensor, sigma: torch.Tensor) -> torch.Tensor:
    touched = torch.nonzero(sigma.amax(1) > 0.05).flatten()
    if len(touched) == 0:
        return out
    at = torch.arange(SIDE, dtype=torch.float32)
    square = (at[:, None] - at[None, :]) ** 2

    def kernel(width: torch.Tensor) -> torch.Tensor:
        weight = torch.exp(-square / (2 * width.clamp(min=0.05).view(-1, 1, 1) ** 2))
        return weight / weight.sum(2, keepdim=True)

    out = out.clone()
    across, down = kernel(sigma[touched, 0]), kernel(sigma[touched, 1])
    out[touched, 0] = down @ out[touched, 0] @ across.transpose(1, 2)
    return out


def _cover(out: torch.Tensor, d: Damage) -> torch.Tensor:
    at = (torch.arange(SIDE, dtype=torch.float32) + 0.5) / SIDE
    across = (at[None, :] - d.cover[:, 0:1]).abs() < d.cover[:, 2:3] / 2
    down = (at[None, :] - d.cover[:, 1:2]).abs() < d.cover[:, 3:4] / 2
    inside = down.unsqueeze(2) & across.unsqueeze(1)
    return torch.where(inside.unsqueeze(1), d.cover_grey.view(-1, 1, 1, 1), out)


def _light(out: torch.Tensor, d: Damage) -> torch.Tensor:
    out = (out.clamp(0, 255) / 255 + 1e-4) ** torch.exp(d.gamma).view(-1, 1, 1, 1) * 255
    at = (torch.arange(SIDE, dtype=torch.float32) + 0.5) / SIDE - 0.5
    side = d.slope[:, 0].view(-1, 1, 1, 1) * at.view(1, 1, 1, -1) + d.slope[:, 1].view(-1, 1, 1, 1) * at.view(1, 1, -1, 1)
    return (out - 128) * torch.exp(d.gain).view(-1, 1, 1, 1) + 128 + d.bias.view(-1, 1, 1, 1) + side


def _dct() -> torch.Tensor:
    k, n = torch.arange(8.0)[:, None], torch.arange(8.0)[None, :]
    basis = torch.cos(math.pi * (2 * n + 1) * k / 16) / 2
    basis[0] /= math.sqrt(2)
    return basis


def _compress(out: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    """JPEG's loss without its bit stream: 8x8 DCT, rounded to the table scaled as libjpeg scales it."""
    touched = torch.nonzero(quality > 0).flatten()
    if len(touched) == 0:
        return out
    q = quality[touched]
    percent = torch.where(q < 50, 5000 / q, 200 - 2 * q)
    table = (_QUANTISATION * percent.view(-1, 1, 1, 1, 1) / 100).clamp(1, 255)
    basis = _dct()
    blocks = (out[touched, 0] - 128).view(-1, SIDE // 8, 8, SIDE // 8, 8).transpose(2, 3)
    coefficients = basis @ blocks @ basis.T
    blocks = basis.T @ ((coefficients / table).round() * table) @ basis
    out = out.clone()
    out[touched, 0] = (blocks.transpose(2, 3).reshape(-1, SIDE, SIDE) + 128).clamp(0, 255)
    return out
