"""Fits, on Valid only, how far to lean toward rare classes and how certain to sound."""

import numpy as np
import torch

from .data import Faces, protocol
from .labels import LABELS
from .measure import score_labels, softmax
from .network import FaceNet
from .still import predict

# What a point of mean recall is worth in points of accuracy. A tenth: one contempt of Valid's 16 may cost two others.
RECALL_WORTH = 0.1
# Only the classes with fewer than 30 faces on Valid lean: five-fold on Valid, eight numbers lost a quarter of a point of accuracy on the
# left-out faces (87.6% against 87.8% with none), and these two a tenth while the mean recall rose from 72.0 to 77.4%.
RAREST = ("disgust", "contempt")
PASSES = 2


def lean(net: FaceNet, valid: Faces) -> np.ndarray:
    """Adds to the bias of the rarest classes what serves accuracy and their recall best."""
    logits, truth = _counted(predict(net, valid.images), valid)
    bias = np.zeros(len(LABELS))

    def worth(tried: np.ndarray) -> float:
        found = score_labels(softmax(logits + tried), truth)
        # The last term keeps a bias at nought unless it earns something.
        return found.accuracy + RECALL_WORTH * found.mean_recall - 1e-4 * float((tried * tried).sum())

    for label in PASSES * [LABELS.index(name) for name in RAREST]:
        steps = [bias + step * np.eye(len(LABELS))[label] for step in np.arange(-0.5, 1.01, 0.1)]
        bias = max(steps, key=worth)
    bias -= bias.mean()
    net.classify.bias.data += torch.from_numpy(bias).float()
    return bias


def temperature(logits: np.ndarray, truth: np.ndarray) -> float:
    """The divisor of the logits with the least negative log likelihood."""
    tried = np.exp(np.linspace(np.log(0.3), np.log(3), 200))
    return float(min(tried, key=lambda t: score_labels(softmax(logits / t), truth).loss))


def still_temperature(net: FaceNet, valid: Faces) -> float:
    return temperature(*_counted(predict(net, valid.images), valid))


def _counted(logits: np.ndarray, faces: Faces) -> tuple[np.ndarray, np.ndarray]:
    index, truth = protocol(faces.votes)
    return logits[index], truth
