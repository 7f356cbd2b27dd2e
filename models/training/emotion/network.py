"""The emotion network: a fully convolutional residual CNN with two answers, and an LSTM over how a face has changed since it was at rest."""

import math

import torch
from torch import nn
import torch.nn.functional as F

from .labels import LABELS


class Squeeze(nn.Module):
    """Squeeze-and-excitation: weighs channels by what the whole picture holds (Hu et al. 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.down = nn.Conv2d(channels, channels // 8, 1)
        self.up = nn.Conv2d(channels // 8, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * torch.sigmoid(self.up(F.relu(self.down(x.mean((2, 3), keepdim=True)))))


class Block(nn.Module):
    """Two 3x3 convolutions with a shortcut; the first may halve the picture."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.squeeze = Squeeze(outputs)
        self.shortcut = nn.Identity()
        if stride > 1 or inputs != outputs:
            steps = [nn.AvgPool2d(stride)] if stride > 1 else []
            self.shortcut = nn.Sequential(*steps, nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        nn.init.zeros_(self.second_norm.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.first_norm(self.first(x)))
        y = self.squeeze(self.second_norm(self.second(y)))
        return F.relu(y + self.shortcut(x))


class FaceNet(nn.Module):
    """Raw gray 0..255 faces [B,1,48,48] to class maps [B,8,6,6] and an embedding [B,E].

    Two answers over one embedding: the everyday one, for photographs of people who are not acting, where most faces are calm or smile, and the
    balanced one, for posed and acted material, where every expression is as likely as the others. The second is the first plus a shift,
    so that a head which the server learns from corrections moves both.
    """

    def __init__(self, widths: tuple[int, ...] = (32, 64, 160), depths: tuple[int, ...] = (1, 2, 2),
                 dropout: float = 0.2) -> None:
        super().__init__()
        # The stem halves the picture at once: at 48x48 even 32 channels cost more than everything at 6x6.
        self.stem = nn.Conv2d(1, widths[0], 5, 2, 2, bias=False)
        self.stem_norm = nn.BatchNorm2d(widths[0])
        blocks = []
        for inputs, outputs, depth in zip((widths[0],) + widths, widths, depths):
            stride = 1 if not blocks else 2
            blocks += [Block(inputs, outputs, stride)] + [Block(outputs, outputs) for _ in range(depth - 1)]
        self.blocks = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Conv2d(widths[-1], len(LABELS), 1)
        self.shift = nn.Linear(widths[-1], len(LABELS))
        nn.init.zeros_(self.shift.weight)
        nn.init.zeros_(self.shift.bias)
        self.embedding_size = widths[-1]

    def features(self, faces: torch.Tensor) -> torch.Tensor:
        """[B,E,6,6]. Each face is brought to its own mean and contrast, so exposure hardly matters."""
        centred = faces - faces.mean((1, 2, 3), keepdim=True)
        # +8 grey levels: a flat or black picture stays flat instead of becoming amplified noise.
        spread = (centred * centred).mean((1, 2, 3), keepdim=True).sqrt() + 8
        return self.blocks(F.relu(self.stem_norm(self.stem(centred / spread))))

    def forward(self, faces: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Everyday and balanced logits, for training."""
        return self.answers(self.dropout(self.features(faces).mean((2, 3))))

    def answers(self, embedding: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Everyday and balanced logits [B,8]; the mean of the class maps, since averaging and a 1x1 convolution commute."""
        everyday = F.linear(embedding, self.classify.weight.flatten(1), self.classify.bias)
        return everyday, everyday + self.shift(embedding)


class Rest(nn.Module):
    """What is known of somebody's face at rest: a mean of the embeddings of their calmest frames.

    A frame weighs its time by how neutral it read, to the power `SHARPNESS`, relative to the most neutral so far; an average calm face
    stands in as `PRIOR_TIME` seconds that read `PRIOR_NEUTRAL`, so a face that hardly reads neutral takes long to count as resting.
    The sum is capped, so that the mean follows a changed light or pose as further calm frames come, and never a lasting smile.
    """

    SHARPNESS, PRIOR_NEUTRAL, PRIOR_TIME = 6.0, 0.15, 0.3
    MEMORY = 8.0  # seconds of calm
    FADE = 0.02  # by which the logarithm of the best falls a second
    STEP, GAP = 0.1, 0.5  # a first frame counts as so many seconds, and none as more

    def __init__(self, embedding: int) -> None:
        super().__init__()
        self.register_buffer("calm", torch.zeros(embedding))  # an average calm face

    @property
    def size(self) -> int:
        return len(self.calm) + 2

    def read(self, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The rest embedding [B,E] and how much of it was seen, 0 to 1 [B,1]; an empty state knows the average alone."""
        total, weight, best = self._open(state)
        prior = self.PRIOR_TIME * torch.exp(-self.SHARPNESS * best)
        return total / weight, (1 - prior / weight).clamp(0, 1)

    def follow(self, state: torch.Tensor, embedding: torch.Tensor, neutral: torch.Tensor, elapsed: torch.Tensor) -> torch.Tensor:
        """The state after a frame that read `neutral` [B,1], a probability, `elapsed` seconds after the one before."""
        total, weight, best = self._open(state)
        time = torch.where(elapsed > 0, elapsed, torch.full_like(elapsed, self.STEP)).clamp(max=self.GAP)
        score = torch.log(neutral.clamp(min=1e-6)) - math.log(self.PRIOR_NEUTRAL)
        raised = torch.maximum((best - self.FADE * time).clamp(min=0), score)
        kept = torch.exp(self.SHARPNESS * (best - raised).clamp(max=0))
        added = time * torch.exp(self.SHARPNESS * (score - raised))
        total, weight = total * kept + added * embedding, weight * kept + added
        cap = (self.MEMORY / weight).clamp(max=1)
        return self._close(total * cap, weight * cap, raised)

    def _open(self, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        # Stored less what an empty state stands for, so that zeros are a track's beginning.
        size = len(self.calm)
        return state[:, :size] + self.PRIOR_TIME * self.calm, state[:, size:size + 1] + self.PRIOR_TIME, state[:, size + 1:]

    def _close(self, total: torch.Tensor, weight: torch.Tensor, best: torch.Tensor) -> torch.Tensor:
        return torch.cat([total - self.PRIOR_TIME * self.calm, weight - self.PRIOR_TIME, best], 1)


PRIORS = ("auto", "everyday", "balanced")


class Cell(nn.Module):
    """One step over a frame and the change from the person's own rest.

    Answers as logits under each of `PRIORS`: the frame's own answers plus corrections from the state. "auto" goes from the everyday to the
    balanced answer by a learned degree.
    """

    def __init__(self, embedding: int, hidden: int = 64, beside: bool = True) -> None:
        super().__init__()
        self.hidden, self.beside = hidden, beside
        self.rest = Rest(embedding)
        self.scale = nn.Parameter(torch.ones(embedding))
        self.norm = nn.LayerNorm(embedding)
        self.see = nn.Linear((2 if beside else 1) * embedding + 2 * len(LABELS) + 1, 4 * hidden)
        self.remember = nn.Linear(hidden, 4 * hidden)
        self.wait = nn.Parameter(torch.zeros(1, 4 * hidden))
        self.correct = nn.Linear(hidden, len(PRIORS) * len(LABELS))
        self.degree = nn.Linear(hidden, 1)
        for layer in (self.correct, self.degree):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.constant_(self.degree.bias, -2.0)
        self.see.bias.data[hidden:2 * hidden] = 1  # remember by default (Jozefowicz et al. 2015)
        self.change_dropout, self.beside_dropout = 0.4, 0.7

    @property
    def state(self) -> int:
        """Numbers in each of h and c: the LSTM's own and half of the rest's."""
        return self.hidden + self.rest.size // 2

    def step(self, embedding, everyday, balanced, elapsed, h, c) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits [B,3,8] and the new h and c."""
        n = self.hidden
        rest_state = torch.cat([h[:, n:], c[:, n:]], 1)
        rest, known = self.rest.read(rest_state)
        change = F.dropout(known * (embedding - rest) * self.scale, self.change_dropout, self.training)
        seen = [change, known, everyday / 4, balanced / 4]
        if self.beside:
            seen.append(F.dropout(self.norm(embedding), self.beside_dropout, self.training))
        # 5 ms to 5 s; a track's first frame has 0, which its empty state makes irrelevant.
        gates = self.see(torch.cat(seen, 1)) + torch.log(elapsed.clamp(0.005, 5.0) * 10) * self.wait + self.remember(h[:, :n])
        into, keep, out, fresh = gates.chunk(4, 1)
        cell = torch.sigmoid(keep) * c[:, :n] + torch.sigmoid(into) * torch.tanh(fresh)
        hidden = torch.sigmoid(out) * torch.tanh(cell)
        degree = torch.sigmoid(self.degree(hidden))
        own = torch.stack([everyday + degree * (balanced - everyday), everyday, balanced], 1)
        answer = own + self.correct(hidden).view(-1, len(PRIORS), len(LABELS))
        neutral = F.softmax(answer[:, 0].detach(), 1)[:, :1]
        rest_state = self.rest.follow(rest_state, embedding, neutral, elapsed)
        half = rest_state.shape[1] // 2
        return answer, torch.cat([hidden, rest_state[:, :half]], 1), torch.cat([cell, rest_state[:, half:]], 1)

    def forward(self, embedding, everyday, balanced, elapsed) -> torch.Tensor:
        """Whole sequences from an empty state: [N,T,E], [N,T,8] twice, [N,T] to logits [N,T,3,8]."""
        h = c = torch.zeros(len(embedding), self.state)
        answers = []
        for t in range(embedding.shape[1]):
            answer, h, c = self.step(embedding[:, t], everyday[:, t], balanced[:, t], elapsed[:, t:t + 1], h, c)
            answers.append(answer)
        return torch.stack(answers, 1)


class EmotionGraph(nn.Module):
    """What is exported: CNN, recurrent step and temperatures, with the wire contract's inputs and outputs."""

    def __init__(self, net: FaceNet, cell: Cell, temperatures: dict[str, float]) -> None:
        super().__init__()
        self.net, self.cell, self.temperatures = net, cell, temperatures

    def forward(self, faces: torch.Tensor, h: torch.Tensor, c: torch.Tensor, elapsed: torch.Tensor) -> tuple:
        features = self.net.features(faces)
        maps = self.net.classify(features)
        embedding, everyday = features.mean((2, 3)), maps.mean((2, 3))
        balanced = everyday + self.net.shift(embedding)
        answer, next_h, next_c = self.cell.step(embedding, everyday, balanced, elapsed, h, c)
        still, still_balanced = (F.softmax(logits / self.temperatures["still_" + prior], 1) for prior, logits in (("everyday", everyday), ("balanced", balanced)))
        # A track's first frame, and so a single picture, is answered by itself. An LSTM's output is never all zeros after a step.
        begun = (h[:, :self.cell.hidden].abs().sum(1, keepdim=True) > 0).float()
        over_time = [alone + begun * (F.softmax(answer[:, n] / self.temperatures[prior], 1) - alone)
                     for n, (prior, alone) in enumerate(zip(PRIORS, (still, still, still_balanced)))]
        return over_time[0], still, embedding, maps, next_h, next_c, over_time[1], over_time[2], still_balanced
