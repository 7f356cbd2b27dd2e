"""What a face does over a few seconds: rests, comes to an expression and goes back, talks, blinks, looks about."""

from dataclasses import dataclass

import numpy as np

from ..labels import LABELS
from . import muscles
from .draw import Look

FRAMES = 28
SLOWEST, FASTEST = 4.0, 30.0  # frames a second
LOST = 0.08
# An expression this faint is still neutral; from there its share grows to one at `CLEAR`.
FAINT, CLEAR = 0.12, 0.5
# Chance of each story.
STORIES = {"rise": 0.46, "rise and fall": 0.14, "from expression": 0.1, "two": 0.1, "calm": 0.14, "half": 0.06}
TALKING = 0.25


@dataclass
class Scene:
    """One person's few seconds."""

    looks: list[Look]
    elapsed: np.ndarray  # [T] seconds since the frame before
    target: np.ndarray  # [T,8]


def smooth(share: np.ndarray) -> np.ndarray:
    share = np.clip(share, 0, 1)
    return share * share * (3 - 2 * share)


def wander(at: np.ndarray, rng: np.random.Generator, size: float, seconds: float) -> np.ndarray:
    """A slow, smooth walk around zero."""
    waves = rng.uniform(0.3, 1.0, 3) / seconds
    return size * sum(np.sin(2 * np.pi * (wave * at + rng.random())) for wave in waves) / 1.7


def habits(rng: np.random.Generator, chance: float = 0.45) -> dict[str, float]:
    """How somebody's face rests: many scowl, smile or droop without meaning it."""
    if rng.random() > chance:
        return {}
    kinds = [{"mouthFrown": 0.45}, {"browDown": 0.45}, {"mouthSmile": 0.2}, {"browInnerUp": 0.35}, {"mouthShrugLower": 0.35}, {"mouthPress": 0.4},
             {"browOuterUp": 0.4}, {"eyeSquint": 0.5}, {"eyeBlink": 0.22}, {"eyeWide": 0.35}, {"jawOpen": 0.06, "mouthLowerDown": 0.15},
             {"mouthUpperUp": 0.2}, {"mouthDimple_L": 0.3}, {"mouthDimple_R": 0.3}, {"noseSneer": 0.2}]
    out: dict[str, float] = {}
    for kind in rng.choice(len(kinds), rng.integers(1, 4), replace=False):
        for name, weight in kinds[kind].items():
            out[name] = weight * rng.uniform(0.2, 1)
    return muscles.one_sided(out, rng)


def speech(at: np.ndarray, rng: np.random.Generator) -> list[dict[str, float]]:
    """Mouth motion that means nothing: four syllables a second or so, with pauses."""
    beat = rng.uniform(2.5, 5)
    open_ = np.clip(np.sin(2 * np.pi * (beat * at + rng.random())) + 0.3 * rng.normal(0, 1, len(at)), 0, 1)
    speaks = wander(at, rng, 1, 1.5) > -0.6
    kinds = rng.choice(["mouthFunnel", "mouthPucker", "mouthStretch", "mouthLowerDown", "mouthUpperUp", "mouthClose"], len(at))
    return [{"jawOpen": float(0.3 * o * s), str(kind): float(rng.uniform(0, 0.45) * s), "mouthPress": float(0.2 * (1 - o) * s)}
            for o, s, kind in zip(open_, speaks, kinds)]


def write(rng: np.random.Generator, turns: float = 1.0) -> Scene:
    """Draws a scene; `turns` scales how far the head goes."""
    rate = np.exp(rng.uniform(np.log(SLOWEST), np.log(FASTEST)))
    elapsed = rng.geometric(1 - LOST, FRAMES) * rng.uniform(0.8, 1.2, FRAMES) / rate
    elapsed[0] = 0
    at = np.cumsum(elapsed)
    parts = _story(str(rng.choice(list(STORIES), p=list(STORIES.values()))), at, rng)
    usual, talk = habits(rng), speech(at, rng) if rng.random() < TALKING else None
    blinks = _blinks(at, rng)
    yaw, pitch, roll = (wander(at, rng, size * turns, 2) for size in (0.1, 0.06, 0.04))
    across, up = wander(at, rng, 0.25, 2), wander(at, rng, 0.12, 2)
    yaw, pitch = yaw + rng.normal(0, 0.12 * turns), pitch + rng.normal(0, 0.06 * turns)
    target = np.zeros((FRAMES, len(LABELS)), np.float32)
    looks = []
    for t in range(FRAMES):
        weights = dict(usual)
        for label, recipe, level in parts:
            for name, weight in recipe.items():
                weights[name] = min(1.5, weights.get(name, 0) + weight * level[t])
            target[t, label] += smooth((level[t] - FAINT) / (CLEAR - FAINT))
        if talk:
            for name, weight in talk[t].items():
                weights[name] = min(1.2, weights.get(name, 0) + weight)
        for side in ("eyeBlink_L", "eyeBlink_R"):
            weights[side] = max(weights.get(side, 0), blinks[t])
        looks.append(Look(weights, yaw[t], pitch[t], roll[t], (across[t], up[t])))
    target /= np.maximum(target.sum(1, keepdims=True), 1)
    target[:, 0] += 1 - target.sum(1)
    return Scene(looks, elapsed.astype(np.float32), target)


def _story(kind: str, at: np.ndarray, rng: np.random.Generator) -> list[tuple[int, dict[str, float], np.ndarray]]:
    """Expressions with their level in each frame."""
    def expression(besides: int = 0) -> int:
        return int(rng.choice([k for k in range(1, len(LABELS)) if k != besides]))

    def strength() -> float:
        return rng.uniform(0.45, 1.35)

    length = at[-1]
    onset, offset = rng.uniform(0.15, 1.0), rng.uniform(0.3, 1.2)
    start = min(rng.uniform(0.1, 1.6), 0.5 * length)
    one = expression()
    recipe = muscles.draw(LABELS[one], rng)
    rise = smooth((at - start) / onset)
    if kind == "calm":
        return []
    if kind == "rise":
        return [(one, recipe, strength() * rise)]
    if kind == "half":
        return [(one, recipe, rng.uniform(0.2, 0.5) * rise)]
    end = start + onset + rng.uniform(0.3, 1.5)
    if kind == "rise and fall":
        return [(one, recipe, strength() * rise * (1 - smooth((at - end) / offset)))]
    if kind == "from expression":
        leaves = rng.uniform(0.2, 0.8) * length
        return [(one, recipe, strength() * (1 - smooth((at - leaves) / offset)))]
    two = expression(one)
    change = smooth((at - end) / onset)
    return [(one, recipe, strength() * rise * (1 - change)), (two, muscles.draw(LABELS[two], rng), strength() * change)]


def _blinks(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How far the lids are down: a blink of a fifth of a second every three seconds or so."""
    down = np.zeros(len(at))
    for moment in rng.uniform(0, at[-1], rng.poisson(at[-1] / 3)):
        down = np.maximum(down, np.clip(1 - np.abs(at - moment) / 0.12, 0, 1))
    return down
