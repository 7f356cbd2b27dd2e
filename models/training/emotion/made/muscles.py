"""Which muscles make which expression: action units of the Facial Action Coding System in facekit's shapes.

The combinations are the prototypes and common variants that the coding literature lists (Ekman, Friesen and Hager 2002; Matsumoto
and Ekman 2008 for contempt); people show them whole or in part, strong or faint, and seldom with both halves of the face alike.
"""

import numpy as np

from ..labels import LABELS

# An action unit as shapes; facekit has ARKit's names.
UNITS: dict[str, dict[str, float]] = {
    "1": {"browInnerUp": 1.0},
    "2": {"browOuterUp": 1.0},
    "4": {"browDown": 1.0},
    "5": {"eyeWide": 1.0},
    "6": {"cheekSquint": 1.0},
    "7": {"eyeSquint": 1.0},
    "9": {"noseSneer": 1.0},
    "10": {"mouthUpperUp": 0.9, "noseSneer": 0.25},
    "12": {"mouthSmile": 1.0},
    "12L": {"mouthSmile_L": 1.0},
    "12R": {"mouthSmile_R": 1.0},
    "14L": {"mouthDimple_L": 1.0, "mouthPress_L": 0.3},
    "14R": {"mouthDimple_R": 1.0, "mouthPress_R": 0.3},
    "10L": {"mouthUpperUp_L": 0.8, "noseSneer_L": 0.4},
    "10R": {"mouthUpperUp_R": 0.8, "noseSneer_R": 0.4},
    "15": {"mouthFrown": 1.0},
    "16": {"mouthLowerDown": 1.0},
    "17": {"mouthShrugLower": 1.0, "mouthShrugUpper": 0.35},
    "18": {"mouthPucker": 1.0},
    "20": {"mouthStretch": 1.0},
    "22": {"mouthFunnel": 1.0},
    "23": {"mouthPress": 0.6, "mouthRollLower": 0.4, "mouthRollUpper": 0.4},
    "24": {"mouthPress": 1.0, "mouthRollLower": 0.3, "mouthRollUpper": 0.3, "mouthShrugLower": 0.25},
    "25": {"mouthLowerDown": 0.25, "mouthUpperUp": 0.15, "jawOpen": 0.06},
    "26": {"jawOpen": 0.3},
    "27": {"jawOpen": 0.75},
    "43": {"eyeBlink": 1.0},
    "64": {"eyeLookDown": 0.7},
}

# Label -> variants; a variant is units with their strength at the apex.
RECIPES: dict[str, list[dict[str, float]]] = {
    "neutral": [{}],
    "happy": [
        {"6": 0.8, "12": 0.9}, {"6": 0.6, "12": 0.8, "25": 1.0}, {"6": 0.9, "12": 1.0, "25": 1.0, "26": 0.6},
        {"12": 0.55}, {"12": 0.7, "25": 0.8}, {"6": 0.3, "12": 0.45}, {"6": 0.8, "12": 0.9, "7": 0.5, "25": 1.2, "10": 0.2},
        {"6": 1.0, "7": 0.5, "12": 1.1, "25": 1.2, "27": 0.4}, {"6": 0.2, "12": 0.5, "17": 0.2},
    ],
    "surprise": [
        {"1": 0.9, "2": 0.9, "5": 0.9, "27": 0.9}, {"1": 0.8, "2": 0.9, "5": 0.7, "26": 1.0}, {"1": 0.8, "2": 0.8, "26": 1.0},
        {"1": 0.9, "2": 0.9, "5": 0.8}, {"5": 0.7, "26": 1.2}, {"1": 0.6, "2": 0.7, "5": 0.6, "27": 0.6, "18": 0.2}, {"1": 1.0, "2": 1.0, "5": 1.0, "27": 1.2},
        {"1": 0.9, "2": 1.0, "25": 0.6, "26": 0.5}, {"1": 0.8, "2": 0.9, "5": 0.4, "27": 0.9}, {"1": 0.9, "2": 1.0, "5": 1.0, "26": 0.7, "22": 0.3},
    ],
    "sad": [
        {"1": 1.0, "4": 0.35, "15": 0.9}, {"1": 0.9, "4": 0.5, "15": 0.7, "17": 0.8}, {"1": 0.8, "4": 0.4, "17": 0.9}, {"15": 0.9, "17": 0.8},
        {"1": 0.9, "4": 0.4, "7": 0.4, "15": 0.8, "64": 0.6}, {"15": 0.8, "64": 0.8, "43": 0.2}, {"1": 1.0, "4": 0.5, "6": 0.4, "15": 0.8, "20": 0.3, "25": 0.6},
        {"1": 0.9, "4": 0.3, "24": 0.5, "17": 0.5}, {"4": 0.4, "15": 0.8, "17": 1.0}, {"1": 0.7, "15": 0.5, "43": 0.25},
        {"1": 0.9, "4": 0.6, "6": 0.6, "10": 0.3, "20": 0.4, "25": 0.8}, {"1": 1.0, "4": 0.6, "15": 1.0}, {"1": 1.0, "4": 0.3, "15": 1.0, "17": 1.0, "64": 0.3},
    ],
    "angry": [
        {"4": 1.0, "5": 0.5, "7": 0.6, "23": 0.8}, {"4": 1.0, "7": 0.7, "24": 1.0}, {"4": 1.0, "5": 0.3, "7": 0.5, "17": 0.6, "24": 0.9},
        {"4": 1.0, "7": 0.6, "17": 0.9, "23": 0.7}, {"4": 0.9, "7": 0.5}, {"4": 1.0, "5": 0.7, "7": 0.4, "10": 0.6, "25": 1.0, "26": 0.4},
        {"4": 1.0, "7": 0.6, "9": 0.35, "16": 0.7, "25": 1.2, "26": 0.5}, {"4": 1.0, "5": 0.6, "22": 0.5, "25": 0.8, "26": 0.6},
        {"4": 0.8, "7": 0.4, "23": 1.0}, {"4": 0.6, "24": 1.0, "17": 0.4}, {"4": 1.0, "7": 0.8, "15": 0.5, "17": 0.5, "24": 0.4},
        {"4": 1.0, "7": 0.7, "10": 0.8, "16": 0.9, "25": 1.0}, {"4": 1.0, "5": 0.5, "7": 0.3, "10": 0.5, "16": 0.5, "27": 0.6}, {"4": 1.2, "5": 0.6, "7": 0.6, "24": 0.7},
        {"4": 1.0, "5": 0.9, "23": 0.6, "17": 0.3}, {"4": 1.2, "7": 0.8, "9": 0.3, "10": 0.4, "16": 0.6, "25": 1.4},
    ],
    "disgust": [
        {"9": 1.0, "4": 0.4, "7": 0.5}, {"9": 0.9, "17": 0.8, "15": 0.3}, {"10": 1.0, "25": 0.5, "7": 0.3}, {"10": 0.9, "17": 0.7},
        {"9": 1.0, "16": 0.6, "25": 1.0, "26": 0.4}, {"9": 0.9, "10": 0.8, "6": 0.5, "4": 0.4, "7": 0.5}, {"9": 0.8, "15": 0.6, "17": 0.5, "4": 0.3},
        {"9": 1.0, "10": 0.9, "6": 0.6, "7": 0.6, "25": 0.8},
        {"9": 0.6, "10": 1.0, "25": 1.0, "26": 0.5}, {"4": 0.5, "7": 0.6, "10": 1.0, "16": 0.4, "25": 1.0}, {"9": 1.1, "4": 0.5, "7": 0.6, "17": 0.6, "24": 0.3},
        {"7": 0.5, "9": 0.5, "10": 1.1, "15": 0.5, "25": 0.4},
    ],
    "fear": [
        {"1": 1.0, "2": 0.6, "4": 0.6, "5": 1.0, "20": 0.9, "25": 1.0}, {"1": 1.0, "2": 0.5, "4": 0.6, "5": 1.0, "20": 1.0, "26": 0.8},
        {"1": 0.9, "2": 0.4, "4": 0.6, "5": 0.9, "25": 1.0}, {"1": 1.0, "2": 0.5, "4": 0.6, "5": 1.0}, {"1": 0.9, "4": 0.4, "5": 0.9, "20": 0.9, "16": 0.5, "25": 1.0},
        {"5": 0.9, "20": 1.0, "25": 1.0, "26": 0.5, "1": 0.5}, {"1": 1.0, "2": 0.7, "4": 0.7, "5": 1.0, "20": 0.7, "27": 0.6}, {"1": 0.9, "4": 0.5, "7": 0.3, "20": 0.9, "16": 0.4, "25": 1.2},
        {"1": 1.0, "2": 0.8, "4": 0.8, "5": 1.1, "25": 0.8, "26": 0.7}, {"1": 0.9, "2": 0.3, "4": 0.7, "5": 1.1, "20": 1.1, "16": 0.6, "25": 1.0, "26": 0.4},
        {"1": 1.0, "4": 0.5, "5": 0.6, "20": 0.6, "25": 0.8},
    ],
    "contempt": [
        {"14L": 0.9}, {"14R": 0.9}, {"12L": 0.5, "14L": 0.8}, {"12R": 0.5, "14R": 0.8}, {"14L": 0.9, "24": 0.3, "7": 0.2}, {"14R": 0.9, "24": 0.3, "7": 0.2},
        {"10L": 0.7, "14L": 0.5}, {"10R": 0.7, "14R": 0.5}, {"14L": 0.8, "2": 0.25}, {"14R": 0.8, "2": 0.25},
    ],
}


def draw(label: str, rng: np.random.Generator, variant: int | None = None) -> dict[str, float]:
    """Shapes and their weights at the apex of one person's way of showing `label`."""
    recipes = RECIPES[label]
    units = recipes[int(rng.integers(len(recipes))) if variant is None else variant % len(recipes)]
    weights: dict[str, float] = {}
    for unit, strength in units.items():
        if rng.random() < 0.06 and len(units) > 2:
            continue  # people leave a part out
        push = strength * rng.uniform(0.75, 1.25)
        for shape, amount in UNITS[unit].items():
            weights[shape] = weights.get(shape, 0) + amount * push
    return one_sided(weights, rng)


def one_sided(weights: dict[str, float], rng: np.random.Generator) -> dict[str, float]:
    """Gives the two halves of the face slightly different strengths."""
    lean = rng.normal(0, 0.1)
    out: dict[str, float] = {}
    for name, weight in weights.items():
        if name.endswith(("_L", "_R")) or name in WHOLE:
            out[name] = out.get(name, 0) + weight
        else:
            out[name + "_L"], out[name + "_R"] = out.get(name + "_L", 0) + weight * (1 + lean), out.get(name + "_R", 0) + weight * (1 - lean)
    return {name: float(np.clip(weight, 0, 1.4)) for name, weight in out.items()}


# Shapes that have no left and right.
WHOLE = {"jawForward", "jawLeft", "jawOpen", "jawRight", "mouthClose", "mouthFunnel", "mouthLeft", "mouthPucker", "mouthRight", "mouthRollLower",
         "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper"}

assert set(RECIPES) == set(LABELS)
