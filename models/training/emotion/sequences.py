"""Sequences of FER+ stills under webcam life, changing to other people's now and then: the everyday half of what the LSTM learns from.

A change is a cut or a short cross-fade. One in four goes to another picture with the SAME expression: otherwise a new picture would
betray a new expression.
"""

from dataclasses import dataclass, fields

import numpy as np
import torch

from . import damage
from .data import Faces, protocol, target_distribution

FRAMES = 24
SHORTEST, LONGEST = 1 / 30, 0.4  # seconds between frames, before losses
LOST = 0.1  # chance that a frame is lost, which lengthens the next interval
CHANGES_A_SECOND = 0.35
SAME_EXPRESSION = 0.25
LONGEST_FADE = 3  # frames


@dataclass
class Script:
    """What N sequences show: indices of pictures, the share of the second, times, truth and when it changed."""

    first: np.ndarray  # [N,T]
    second: np.ndarray  # [N,T]
    share: np.ndarray  # [N,T] of the second picture
    elapsed: np.ndarray  # [N,T] seconds since the frame before, 0 on the first
    truth: np.ndarray  # [N,T] class
    target: np.ndarray  # [N,T,8]

    def part(self, rows: slice) -> "Script":
        return Script(*(getattr(self, f.name)[rows] for f in fields(self)))


def write(faces: Faces, count: int, seed: int, steady: bool = False, balance: float = 0.4) -> Script:
    """Draws `count` scripts over the pictures of a split that the protocol counts; `steady` ones never change."""
    rng = np.random.default_rng(seed)
    index, label = protocol(faces.votes)
    shares = np.bincount(label, minlength=8) / len(label)
    chance = np.maximum(shares, 1e-9)[label] ** -balance
    chance /= chance.sum()
    by_class = [index[label == k] for k in range(len(shares))]
    targets = target_distribution(faces.votes)[0]
    of = dict(zip(index.tolist(), label.tolist()))
    interval = np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST), count))
    elapsed = interval[:, None] * rng.geometric(1 - LOST, (count, FRAMES)) * rng.uniform(0.8, 1.2, (count, FRAMES))
    elapsed[:, 0] = 0
    first = np.empty((count, FRAMES), int)
    second, share = np.empty_like(first), np.zeros((count, FRAMES))
    for n in range(count):
        picture = rng.choice(index, p=chance)
        first[n] = second[n] = picture
        for start in [] if steady else _changes(rng, elapsed[n]):
            picture = _next(rng, picture, of[picture], index, chance, label, by_class)
            fade = min(int(rng.integers(0, LONGEST_FADE + 1)), FRAMES - start)
            second[n, start:] = picture
            share[n, start:start + fade] = np.arange(1, fade + 1) / (fade + 1)
            first[n, start + fade:], share[n, start + fade:] = picture, 0
    nearer = np.where(share > 0.5, second, first)
    truth = np.vectorize(of.get)(nearer)
    target = targets[first] * (1 - share[..., None]) + targets[second] * share[..., None]
    return Script(first, second, share, elapsed, truth, target.astype(np.float32))


def _changes(rng: np.random.Generator, elapsed: np.ndarray) -> list[int]:
    at = np.cumsum(elapsed)
    expected = float(np.clip(CHANGES_A_SECOND * at[-1], 0.5, 2.0))
    moments = np.sort(rng.uniform(0, at[-1], rng.poisson(expected)))
    starts = [int(s) for s in np.searchsorted(at, moments) if 0 < s < FRAMES]
    return [s for i, s in enumerate(starts) if i == 0 or s - starts[i - 1] > LONGEST_FADE]


def _next(rng, picture, expression, index, chance, label, by_class) -> int:
    if rng.random() < SAME_EXPRESSION:
        return int(rng.choice(by_class[expression]))
    other = chance * (label != expression)
    return int(rng.choice(index, p=other / other.sum()))


def frames(faces: Faces, script: Script, rng: torch.Generator, clean: bool = False) -> torch.Tensor:
    """What the scripts show, [N*T,1,48,48], every frame damaged unless `clean`."""
    images = torch.from_numpy(faces.images)
    first, second = (torch.from_numpy(x.reshape(-1)) for x in (script.first, script.second))
    share = torch.from_numpy(script.share.reshape(-1, 1, 1)).float()
    shown = images[first].float() * (1 - share) + images[second].float() * share
    damages = damage.none(len(shown)) if clean else damage.draw_sequence(len(script.first), FRAMES, rng)
    return damage.apply(shown, damages, rng)
