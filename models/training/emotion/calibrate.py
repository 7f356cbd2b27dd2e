"""Fits, on Valid only, how far to lean toward rare classes and how certain to sound."""

import numpy as np
import torch

from .data import Faces, protocol, target_distribution
from .measure import score_labels, softmax
from .network import FaceNet
from .still import predict

MAY_COST = 0.002  # accuracy on Valid that better recall of rare classes may cost


def lean(net: FaceNet, train: Faces, valid: Faces) -> float:
    """Adds the strongest prior correction to the classifier's bias that keeps accuracy within MAY_COST of the best."""
    logits, truth = _counted(predict(net, valid.images), valid)
    target, weight = target_distribution(train.votes)
    share = (target * weight[:, None]).sum(0) / weight.sum()
    rarity = -np.log(np.maximum(share, 1e-4)) / np.log(len(share))
    strengths = np.arange(0, 2.01, 0.05)
    accuracy = np.array([score_labels(softmax(logits + s * rarity), truth).accuracy for s in strengths])
    chosen = float(strengths[accuracy >= accuracy.max() - MAY_COST].max())
    net.classify.bias.data += torch.from_numpy(chosen * (rarity - rarity.mean())).float()
    return chosen


def temperature(logits: np.ndarray, truth: np.ndarray) -> float:
    """The divisor of the logits with the least negative log likelihood."""
    tried = np.exp(np.linspace(np.log(0.3), np.log(3), 200))
    return float(min(tried, key=lambda t: score_labels(softmax(logits / t), truth).loss))


def still_temperature(net: FaceNet, valid: Faces) -> float:
    return temperature(*_counted(predict(net, valid.images), valid))


def _counted(logits: np.ndarray, faces: Faces) -> tuple[np.ndarray, np.ndarray]:
    index, truth = protocol(faces.votes)
    return logits[index], truth
