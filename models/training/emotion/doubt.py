"""Measures how certain the model sounds on faces that are covered or blurred, against how often it is right on them."""

import numpy as np
import torch
import torch.nn.functional as F

from . import cover
from .data import Faces, protocol
from .measure import score_labels, softmax
from .network import FaceNet
from .twofold import predict

# server/EmotionStream/Contracts/EmotionLabels.cs: a reading below this certainty is unclear.
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)


def table(net: FaceNet, faces: Faces, temperature: float) -> dict[str, dict]:
    """One row a kind of cover: accuracy, mean certainty, calibration error, and for each threshold the share below it and how often those and the others are right."""
    index, truth = protocol(faces.votes)
    out = {}
    for name, shown in covered(torch.from_numpy(faces.images[index]).float()).items():
        share = softmax(predict(net, shown.round().clamp(0, 255).to(torch.uint8).numpy())[0] / temperature)
        certainty, right = share.max(1), share.argmax(1) == truth
        found = score_labels(share, truth)
        out[name] = {"accuracy": round(found.accuracy, 4), "certainty": round(float(certainty.mean()), 4), "ece": round(found.calibration, 4),
                     "below": {str(least): _split(certainty < least, right) for least in THRESHOLDS}}
    return out


def covered(images: torch.Tensor, seed: int = 9) -> dict[str, torch.Tensor]:
    """The same pictures [N,48,48] as they are, and under each kind of cover."""
    def rng() -> torch.Generator:
        return torch.Generator().manual_seed(seed)

    return {"none": images, "mask": cover.mask(images, rng()), "dark glasses": cover.glasses(images, rng()), "hand": cover.hand(images, rng()),
            "blur": blurred(images, 2.0), "strong blur": blurred(images, 4.0)}


def blurred(images: torch.Tensor, deviation: float) -> torch.Tensor:
    """Gaussian blur; the deviation is in pixels of 48."""
    reach = int(3 * deviation)
    weight = torch.exp(-torch.arange(-reach, reach + 1).float() ** 2 / (2 * deviation ** 2))
    weight = weight / weight.sum()
    padded = F.pad(images.unsqueeze(1), (reach,) * 4, mode="replicate")
    return F.conv2d(F.conv2d(padded, weight.view(1, 1, 1, -1)), weight.view(1, 1, -1, 1))[:, 0]


def _split(below: np.ndarray, right: np.ndarray) -> dict[str, float | None]:
    def mean(rows: np.ndarray) -> float | None:
        return round(float(right[rows].mean()), 4) if rows.any() else None

    return {"share": round(float(below.mean()), 4), "right": mean(below), "others": mean(~below)}
