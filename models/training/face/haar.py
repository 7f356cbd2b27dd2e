"""Debian's Haar cascade, which earlier systems use, as a detector to measure against."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from face.data import Picture, read_faces
from face.decode import overlap

CASCADE = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml"


class HaarDetector:
    """The cascade with its usual settings; its square boxes are fitted to those of the data by `fit`."""

    def __init__(self, path: str = CASCADE) -> None:
        self.cascade = cv2.CascadeClassifier(path)
        if self.cascade.empty():
            raise FileNotFoundError(f"{path}: install Debian's opencv-data")
        # Centre's shift and the sides, in sides of the cascade's box.
        self.shape = np.array([0.0, 0.0, 1.0, 1.0])

    def __call__(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) if pixels.ndim == 3 else pixels
        boxes, levels, weights = self.cascade.detectMultiScale3(
            grey, scaleFactor=1.1, minNeighbors=3, minSize=(24, 24), outputRejectLevels=True)
        if not len(boxes):
            return {"boxes": np.zeros((0, 4)), "scores": np.zeros(0), "points": np.zeros((0, 5, 2))}
        # Only boxes that pass every stage are the cascade's answer; the last stage's sum orders them.
        passed = np.asarray(levels).reshape(-1) >= np.max(levels)
        side = boxes[passed, 2:3].astype(float)
        centre = boxes[passed, :2] + side / 2 + self.shape[:2] * side
        half = self.shape[2:] * side / 2
        scores = np.asarray(weights).reshape(-1)[passed]
        order = np.argsort(-scores)
        corner = np.concatenate([centre - half, centre + half], 1)
        return {"boxes": corner[order], "scores": scores[order], "points": np.zeros((len(order), 5, 2))}

    def fit(self, pictures: list[Picture]) -> None:
        """Sets the box shape to the median of what training faces need: else its wider boxes would count as misses."""
        shapes = []
        for picture in pictures:
            found = self(picture.pixels)["boxes"]
            for x, y, width, height in picture.faces[:, :4]:
                if len(found) and (shared := overlap(np.array([x, y, x + width, y + height]), found)).max() > 0.25:
                    x0, y0, x1, _ = found[shared.argmax()]
                    side = x1 - x0
                    shapes.append([
                        (x + width / 2 - x0) / side - 0.5, (y + height / 2 - y0) / side - 0.5,
                        width / side, height / side])
        if shapes:
            self.shape = np.median(shapes, 0)


def fitted(data: Path) -> HaarDetector:
    """The cascade with its boxes fitted to every fifth training picture of faces near enough for it."""
    haar = HaarDetector()
    haar.fit([p for p in read_faces(data / "faces", ("train",)) if p.group != "street"][::5])
    return haar
