"""What stands between a face and its picture: things in front of it, and a poor camera."""

from __future__ import annotations

import cv2
import numpy as np


def chance(random: np.random.Generator, share: float) -> bool:
    return random.random() < share


def occlude(canvas: np.ndarray, rows: np.ndarray, random: np.random.Generator) -> None:
    """Covers part of some faces: a hand, a cup, dark glasses, a cut by something in front."""
    for row in rows[random.random(len(rows)) < 0.6]:
        x0, y0, x1, y1 = row[:4]
        width, height = x1 - x0, y1 - y0
        tone = int(random.integers(256))
        if chance(random, 0.3) and row[15]:
            eyes = row[4:8].reshape(2, 2)
            reach = int(max(2.0, np.linalg.norm(eyes[0] - eyes[1]) * random.uniform(0.28, 0.45)))
            for eye in eyes:
                cv2.circle(canvas, tuple(int(v) for v in eye), reach, tone // 3, -1)
            continue
        centre = (int(random.uniform(x0, x1)), int(y0 + height * random.uniform(0.35, 1.1)))
        axes = (int(width * random.uniform(0.12, 0.35)) + 1, int(height * random.uniform(0.12, 0.3)) + 1)
        if chance(random, 0.5):
            cv2.ellipse(canvas, centre, axes, random.uniform(0, 180), 0, 360, tone, -1)
        else:
            corner = (centre[0] + axes[0] * 2, centre[1] + axes[1] * 2)
            cv2.rectangle(canvas, (centre[0] - axes[0], centre[1] - axes[1]), corner, tone, -1)


class Camera:
    """A camera that is never twice the same; it draws from the generator that it is given."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.noise = random.standard_normal((768, 768)).astype(np.float32)

    def __call__(self, canvas: np.ndarray) -> np.ndarray:
        """Exposure, light from one side, dim light, blur, sharpening, noise and JPEG; a fifth stay as they are."""
        random = self.random
        size = len(canvas)
        if chance(random, 0.2):
            return canvas
        ramp = np.arange(256, dtype=np.float32) / 255
        tone = ramp ** np.exp(random.uniform(-0.6, 0.6))
        tone = 0.5 + (tone - 0.5) * random.uniform(0.55, 1.35) + random.uniform(-0.15, 0.15)
        if chance(random, 0.2):
            tone = tone * random.uniform(0.12, 0.6)
        canvas = cv2.LUT(canvas, (tone * 255).clip(0, 255).astype(np.uint8))
        blur = random.random()
        if blur < 0.15:
            canvas = cv2.GaussianBlur(canvas, (0, 0), random.uniform(0.4, 1.6))
        elif blur < 0.22:
            # An even number of pixels would move the picture by half of one beside its labels.
            reach = int(random.choice([3, 5]))
            canvas = cv2.blur(canvas, (reach, 1) if chance(random, 0.7) else (1, reach))
        elif blur < 0.45:
            # Most large faces here are enlarged small ones; without this the net would take sharpness for smallness.
            soft = cv2.GaussianBlur(canvas, (0, 0), random.uniform(0.8, 2.5))
            canvas = cv2.addWeighted(canvas, 1 + (amount := random.uniform(0.5, 2.5)), soft, -amount, 0)
        if chance(random, 0.2):
            side = np.linspace(*random.uniform(0.3, 1.5, 2), size).astype(np.float32)
            shade = side[None, :] if chance(random, 0.7) else side[:, None]
            canvas = (canvas * shade).clip(0, 255).astype(np.uint8)
        if chance(random, 0.4):
            x, y = random.integers(0, len(self.noise) - size + 1, 2)
            grain = self.noise[y:y + size, x:x + size] * random.uniform(1, 14)
            canvas = (canvas + grain).clip(0, 255).astype(np.uint8)
        if chance(random, 0.3):
            quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(25, 90))]
            canvas = cv2.imdecode(cv2.imencode(".jpg", canvas, quality)[1], cv2.IMREAD_GRAYSCALE)
        return canvas
