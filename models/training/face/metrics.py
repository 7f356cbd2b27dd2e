"""Average precision, recall, box and point errors of a detector over pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from face.decode import overlap


@dataclass
class Outcome:
    """All detections of a set of pictures, each right, wrong or beside the question, and the faces to find."""

    scores: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    box_errors: list[float] = field(default_factory=list)
    faces: int = 0
    pictures: int = 0

    def add(self, found: dict[str, np.ndarray], faces: np.ndarray, counts: np.ndarray, low: float, high: float) -> None:
        """Adds one picture: faces are corner boxes, and `counts` says which of them are to be found.

        Finding another face is neither right nor wrong; nor is a false box outside the sizes `low`..`high`.
        """
        self.pictures += 1
        self.faces += int(counts.sum())
        free = np.ones(len(faces), bool)
        for box, score in zip(found["boxes"], found["scores"]):
            shared = overlap(box, faces) if len(faces) else np.zeros(0)
            best = self._best(shared, free, counts)
            if best is None:
                if low <= np.sqrt(np.clip(box[2:] - box[:2], 0, None).prod()) < high:
                    self._note(score, False)
                continue
            free[best] = False
            if counts[best]:
                self._note(score, True)
                self.box_errors.append(1 - float(shared[best]))

    @staticmethod
    def _best(shared: np.ndarray, free: np.ndarray, counts: np.ndarray) -> int | None:
        for allowed in (free & counts, free & ~counts):
            candidates = np.where(allowed & (shared >= 0.5))[0]
            if len(candidates):
                return int(candidates[np.argmax(shared[candidates])])
        return None

    def _note(self, score: float, right: bool) -> None:
        self.scores.append(float(score))
        self.right.append(right)

    def average_precision(self) -> float:
        """Area under the precision-recall curve, precision made monotone."""
        if not self.faces or not self.scores:
            return 0.0
        right = np.array(self.right)[np.argsort(-np.array(self.scores), kind="stable")]
        hits = np.cumsum(right)
        precision = np.maximum.accumulate((hits / np.arange(1, len(hits) + 1))[::-1])[::-1]
        return float(precision[right].sum() / self.faces)

    def recall_at_false_rate(self, rate: float) -> float:
        """Share of faces found where `rate` false boxes a picture are allowed."""
        if not self.faces or not self.scores:
            return 0.0
        right = np.array(self.right)[np.argsort(-np.array(self.scores), kind="stable")]
        return float(right[np.cumsum(~right) <= rate * self.pictures].sum() / self.faces)

    def recall_at(self, threshold: float) -> float:
        """Share of faces found with a score of at least `threshold`."""
        hits = sum(r and s >= threshold for r, s in zip(self.right, self.scores))
        return hits / max(1, self.faces)

    def false_at(self, threshold: float) -> float:
        """False boxes a picture with a score of at least `threshold`."""
        return sum(not r and s >= threshold for r, s in zip(self.right, self.scores)) / max(1, self.pictures)


def point_error(points: np.ndarray, truth: np.ndarray) -> float:
    """Mean distance of five points from the marked ones, in eye distances."""
    eyes = np.linalg.norm(truth[0] - truth[1])
    return float(np.linalg.norm(points - truth, axis=1).mean() / max(eyes, 1e-6))
