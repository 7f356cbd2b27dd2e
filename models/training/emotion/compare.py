"""Compares the LSTM with single frames and moving averages over sequences of one person's face that moves."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .network import PRIORS, Cell
from .over_time import Seen


@dataclass(frozen=True)
class Average:
    """An exponential moving average of probabilities, with a weight fixed a frame or falling with time."""

    answer: str  # of the everyday or the balanced head
    by: str
    amount: float  # weight of a new frame, or the time constant in seconds

    def __call__(self, seen: Seen) -> torch.Tensor:
        """Probabilities [N,T,8]."""
        x = F.softmax(getattr(seen, self.answer), -1)
        kept, out = x[:, 0], [x[:, 0]]
        for t in range(1, x.shape[1]):
            new = torch.full((len(x), 1), self.amount)
            if self.by == "time":
                new = 1 - torch.exp(-seen.elapsed[:, t:t + 1] / self.amount)
            kept = kept + new * (x[:, t] - kept)
            out.append(kept)
        return torch.stack(out, 1)


def best_average(check: Seen) -> Average:
    """The most accurate of 28 moving averages."""
    tried = [Average(answer, "frame", amount) for answer in ("everyday", "balanced") for amount in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85)]
    tried += [Average(answer, "time", amount) for answer in ("everyday", "balanced") for amount in (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8)]
    return max(tried, key=lambda average: measure(average(check), check)["frames"])


@torch.no_grad()
def answers(cell: Cell, seen: Seen) -> torch.Tensor:
    """Logits [N,T,3,8]."""
    return torch.cat([cell(part.embedding, part.everyday, part.balanced, part.elapsed)
                      for part in (seen.take(slice(at, at + 256)) for at in range(0, len(seen), 256))])


def measure(answer: torch.Tensor, seen: Seen) -> dict:
    """Figures of probabilities [N,T,8] on sequences; frames whose target is between two labels do not count."""
    said, truth = answer.argmax(-1).numpy(), seen.target.argmax(-1).numpy()
    clear = seen.target.max(-1).values.numpy() > 0.75
    right = said == truth
    last = clear[:, -1] & (truth[:, -1] > 0)
    first = clear[:, 0] & (truth[:, 0] == 0)
    calm = (clear & (truth == truth[:, :1])).all(1)
    seconds = seen.elapsed.sum(1).numpy()
    recalls = [right[clear & (truth == k)].mean() if (clear & (truth == k)).any() else np.nan for k in range(answer.shape[-1])]
    jump = (answer[:, 1:] - answer[:, :-1]).abs().mean(-1)
    waits = _waits(right, truth, clear, seen.elapsed.numpy())
    return {"frames": round(float(right[clear].mean()), 4), "recall": round(float(np.nanmean(recalls)), 4), "recalls": np.round(recalls, 2).tolist(),
            "end": round(float(right[last, -1].mean()), 4), "start": round(float(right[first, 0].mean()), 4),
            "calm": round(float(right[calm].mean()), 4) if calm.any() else None,
            "change": round(float(jump.mean()), 4), "flips": round(float((said[:, 1:] != said[:, :-1]).sum() / seconds.sum()), 3), "delay": round(waits, 3)}


def _waits(right: np.ndarray, truth: np.ndarray, clear: np.ndarray, elapsed: np.ndarray) -> float:
    """Mean seconds from when an expression is clear until it is said; one that is never said costs the rest of the sequence."""
    waits = []
    for n in range(len(truth)):
        for t in np.flatnonzero(clear[n, 1:] & ~clear[n, :-1]) + 1:
            said = np.flatnonzero(right[n, t:])
            upto = t + (said[0] if len(said) else len(truth[n]) - t)
            waits.append(elapsed[n, t + 1:upto + 1].sum())
    return float(np.mean(waits)) if waits else 0.0


def table(seen: Seen, average: Average, cell: Cell, temperatures: dict[str, float] | None = None) -> list[dict]:
    """One row a method, on the same sequences."""
    warm = temperatures or {}
    methods = {"still": F.softmax(seen.everyday / warm.get("still_everyday", 1), -1), "still, balanced": F.softmax(seen.balanced / warm.get("still_balanced", 1), -1),
               "best average": average(seen)}
    found = answers(cell, seen)
    methods |= {f"lstm, {prior}": F.softmax(found[:, :, n] / warm.get(prior, 1), -1) for n, prior in enumerate(PRIORS)}
    return [{"method": name, **measure(answer, seen)} for name, answer in methods.items()]
