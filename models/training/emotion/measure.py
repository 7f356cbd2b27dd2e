"""Figures: accuracy by the standard protocol, recalls, macro F1, calibration."""

from dataclasses import dataclass

import numpy as np

from .data import protocol
from .labels import LABELS


@dataclass
class Score:
    """One model on one split, standard protocol."""

    accuracy: float
    loss: float
    calibration: float  # expected calibration error, 15 bins
    confusion: np.ndarray  # rows truth, columns answer

    @property
    def recalls(self) -> np.ndarray:
        return np.diag(self.confusion) / np.maximum(self.confusion.sum(1), 1)

    @property
    def mean_recall(self) -> float:
        return float(self.recalls.mean())

    @property
    def macro_f1(self) -> float:
        hit = np.diag(self.confusion)
        return float((2 * hit / np.maximum(self.confusion.sum(0) + self.confusion.sum(1), 1)).mean())

    def summary(self) -> dict:
        return {
            "accuracy": round(self.accuracy, 4), "meanRecall": round(self.mean_recall, 4),
            "macroF1": round(self.macro_f1, 4), "nll": round(self.loss, 4), "ece": round(self.calibration, 4),
            "recalls": {label: round(float(r), 4) for label, r in zip(LABELS, self.recalls)},
            "confusion": self.confusion.tolist(),
        }


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def score(logits: np.ndarray, votes: np.ndarray) -> Score:
    """Scores all pictures of a split that the protocol counts."""
    index, truth = protocol(votes)
    return score_labels(softmax(logits[index]), truth)


def score_labels(probability: np.ndarray, truth: np.ndarray, classes: int = len(LABELS)) -> Score:
    answer = probability.argmax(1)
    confusion = np.zeros((classes, classes), int)
    np.add.at(confusion, (truth, answer), 1)
    loss = -np.log(np.maximum(probability[np.arange(len(truth)), truth], 1e-9)).mean()
    return Score(float((answer == truth).mean()), float(loss), _calibration_error(probability, truth), confusion)


def _calibration_error(probability: np.ndarray, truth: np.ndarray, bins: int = 15) -> float:
    certainty, right = probability.max(1), probability.argmax(1) == truth
    place = np.minimum((certainty * bins).astype(int), bins - 1)
    gaps = [abs(right[place == b].mean() - certainty[place == b].mean()) * (place == b).mean()
            for b in range(bins) if (place == b).any()]
    return float(sum(gaps))
