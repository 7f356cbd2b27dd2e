"""The emotion network: a fully convolutional residual CNN with two answers, and an LSTM over how a face has changed since it was at rest."""

import copy
import math

import torch
from torch import nn
import torch.nn.functional as F

from .data import SIDE
from .labels import LABELS


class Squeeze(nn.Module):
    """Squeeze-and-excitation: weighs channels by what the whole picture holds (Hu et al. 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.down = nn.Linear(channels, channels // 8)
        self.up = nn.Linear(channels // 8, channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * torch.sigmoid(self.up(F.relu(self.down(x.mean((2, 3)))))).view(-1, self.up.out_features, 1, 1)


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

    def merge(self) -> None:
        """Makes one convolution of the shortcut's mean and its 1x1 convolution: one step less, and it reads what the first convolution reads."""
        if isinstance(self.shortcut, nn.Sequential) and isinstance(self.shortcut[0], nn.AvgPool2d):
            pool, narrow, norm = self.shortcut
            size = pool.kernel_size
            whole = nn.Conv2d(narrow.in_channels, narrow.out_channels, size, size, bias=False)
            whole.weight.data = narrow.weight.data.repeat(1, 1, size, size) / size ** 2
            self.shortcut = nn.Sequential(whole, norm)


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
        spread = centred.norm(2, (1, 2, 3), keepdim=True) / SIDE + 8
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
    The sum of the weights is capped, so that the mean follows a changed light or pose as further calm frames come, and never a lasting smile.

    The state holds how far the mean lies from the average calm face, the sum less `PRIOR_TIME`, and `SHARPNESS` times the logarithm of
    the best, so that zeros are a track's beginning.
    """

    SHARPNESS, PRIOR_NEUTRAL, PRIOR_TIME = 6.0, 0.15, 0.3
    MEMORY = 8.0  # seconds of calm
    FADE = 0.02  # by which the logarithm of the best falls a second
    GAP = 0.5  # no frame counts as more seconds

    def __init__(self, embedding: int) -> None:
        super().__init__()
        self.register_buffer("calm", torch.zeros(embedding))  # an average calm face

    @property
    def sizes(self) -> list[int]:
        """Numbers in each part of the state."""
        return [len(self.calm), 1, 1]

    def read(self, embedding: torch.Tensor, mean: torch.Tensor, weight: torch.Tensor, best: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """How far an embedding [B,E] is from the rest, and how much of the rest was seen, 0 to 1 [B,1]."""
        prior = torch.exp(math.log(self.PRIOR_TIME) - best)
        return embedding - self.calm - mean, F.relu(1 - prior / (weight + self.PRIOR_TIME))

    def follow(self, mean, weight, best, change: torch.Tensor, neutral: torch.Tensor, elapsed: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The state after a frame that read `neutral` [B,1], a probability, `elapsed` seconds after the one before."""
        time = elapsed.clamp(max=self.GAP)
        score = self.SHARPNESS * torch.log(neutral) - self.SHARPNESS * math.log(self.PRIOR_NEUTRAL)
        raised = torch.maximum(F.relu(best - self.SHARPNESS * self.FADE * time), score)
        added = time * torch.exp(score - raised)
        total = (weight + self.PRIOR_TIME) * torch.exp((best - raised).clamp(max=0)) + added
        return mean + added / total * change, total.clamp(max=self.MEMORY) - self.PRIOR_TIME, raised


class Change(nn.Module):
    """Reads an expression from the difference between somebody's embedding and their own at rest.

    It learns from pairs of one person's pictures, of which there are many more than sequences; while the CNN learns, it makes the CNN see
    what moves in any face.
    """

    def __init__(self, embedding: int, hidden: int = 64) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(embedding, hidden), nn.ReLU(), nn.Linear(hidden, len(LABELS)))

    def forward(self, change: torch.Tensor) -> torch.Tensor:
        return self.layers(change)


PRIORS = ("auto", "everyday", "balanced")


class Cell(nn.Module):
    """One step over a frame and the change from the person's own rest.

    Answers as logits under each of `PRIORS`: the frame's own answers, plus a share of what the change alone says, plus corrections from the
    state. "auto" goes from the everyday to the balanced answer by a learned degree.
    """

    FIRST = 0.1  # seconds that a first frame counts as

    def __init__(self, embedding: int, hidden: int = 64) -> None:
        super().__init__()
        self.hidden = hidden
        self.rest = Rest(embedding)
        self.moved = Change(embedding).requires_grad_(False)
        self.scale = nn.Parameter(torch.ones(embedding))
        self.norm = nn.LayerNorm(embedding)
        self.see = nn.Linear(2 * embedding + 3 * len(LABELS) + 2, 4 * hidden)
        self.remember = nn.Linear(hidden, 4 * hidden)
        self.correct = nn.Linear(hidden, len(PRIORS) * len(LABELS))
        self.degree = nn.Linear(hidden, 1)
        self.share = nn.Parameter(torch.tensor([0.5, 0.25, 0.5]))  # of the change's answer, under each prior
        for layer in (self.correct, self.degree):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.constant_(self.degree.bias, -2.0)
        self.see.bias.data[hidden:2 * hidden] = 1  # remember by default (Jozefowicz et al. 2015)
        self.change_dropout, self.beside_dropout = 0.4, 0.7

    @property
    def parts(self) -> list[int]:
        """Numbers in each part of h and c, one after the other: the LSTM's output, the rest's three, the LSTM's cell."""
        return [self.hidden, *self.rest.sizes, self.hidden]

    @property
    def state(self) -> int:
        """Numbers in each of h and c."""
        return sum(self.parts) // 2

    def gates(self) -> tuple[torch.Tensor, torch.Tensor]:
        """What `see`, `scale` and `remember` do to the parts of a step's input, as one linear layer."""
        size, labels = len(self.scale), len(LABELS)
        change, everyday, balanced, known, wait, told, beside = self.see.weight.split([size, labels, labels, 1, 1, labels, size], 1)
        # The balanced answer is the everyday one plus a shift; logits are brought near one, and seconds are counted in tenths.
        weight = torch.cat([change * self.scale, (everyday + balanced) / 4, balanced / 4, known, wait, told / 4, beside, self.remember.weight], 1)
        return weight, self.see.bias + self.remember.bias + math.log(10) * wait[:, 0]

    def rows(self) -> tuple[torch.Tensor, torch.Tensor]:
        """From everyday answer, shift, shift by degrees, the change's answer and LSTM output to the logits under each of `PRIORS`, as one linear layer."""
        one, none = torch.eye(len(LABELS)), torch.zeros(len(LABELS), len(LABELS))
        own = ((one, none, one), (one, none, none), (one, one, none))
        own = torch.cat([torch.cat([*parts, share * one], 1) for parts, share in zip(own, self.share)])
        return torch.cat([own, self.correct.weight], 1), self.correct.bias

    def step(self, embedding, everyday, shift, elapsed, h, c, gates, rows) -> tuple[torch.Tensor, ...]:
        """Logits [B,R,8], of which the auto prior's come first; their probabilities one after the other, less the first; the new h and c; which tracks have begun [B,1]."""
        output, mean, weight, best, cell = torch.cat([h, c], 1).split(self.parts, 1)
        # An LSTM's output is never all zeros after a step.
        begun = output.norm(1, 1, keepdim=True) > 0
        elapsed = torch.where(begun, elapsed, torch.tensor(self.FIRST))
        change, known = self.rest.read(embedding, mean, weight, best)
        told = known * self.moved(change)
        seen = [F.dropout(known * change, self.change_dropout, self.training), everyday, shift, known, torch.log(elapsed.clamp(0.005, 5.0)), told,
                F.dropout(self.norm(embedding), self.beside_dropout, self.training), output]
        opened, fresh = F.linear(torch.cat(seen, 1), *gates).split([3 * self.hidden, self.hidden], 1)
        into, keep, out = torch.sigmoid(opened).split(self.hidden, 1)
        cell = keep * cell + into * torch.tanh(fresh)
        hidden = out * torch.tanh(cell)
        answer = torch.cat([everyday, shift, torch.sigmoid(self.degree(hidden)) * shift, told, hidden], 1)
        logits = F.linear(answer, *rows).view(-1, len(rows[1]) // len(LABELS), len(LABELS))
        neutral, others = F.softmax(logits, -1).view(-1, len(rows[1])).split([1, len(rows[1]) - 1], 1)
        state = torch.cat([hidden, *self.rest.follow(mean, weight, best, change, neutral.detach(), elapsed), cell], 1)
        return logits, others, *state.split(self.state, 1), begun

    def forward(self, embedding, everyday, balanced, elapsed) -> torch.Tensor:
        """Whole sequences from an empty state: [N,T,E], [N,T,8] twice, [N,T] to logits [N,T,3,8]."""
        h = c = torch.zeros(len(embedding), self.state)
        gates, rows, shift, answers = self.gates(), self.rows(), balanced - everyday, []
        for t in range(embedding.shape[1]):
            logits, _, h, c, _ = self.step(embedding[:, t], everyday[:, t], shift[:, t], elapsed[:, t:t + 1], h, c, gates, rows)
            answers.append(logits)
        return torch.stack(answers, 1)


class EmotionGraph(nn.Module):
    """What is exported: CNN, recurrent step and temperatures, with the wire contract's inputs and outputs.

    At one face a run ONNX Runtime spends about a microsecond on each node, however small, so layers are merged and all softmaxes are one.
    """

    def __init__(self, net: FaceNet, cell: Cell, temperatures: dict[str, float]) -> None:
        super().__init__()
        self.net, self.cell, self.temperatures = copy.deepcopy(net), cell, temperatures
        for block in self.net.blocks:
            block.merge()
        size = len(LABELS)
        with torch.no_grad():
            (gates, gates_bias), (rows, bias) = cell.gates(), cell.rows()
            # Rows: auto as it is, for the rest; the three priors over time; the three of the frame alone.
            alone = torch.cat([rows[size:2 * size], rows[size:2 * size], rows[2 * size:]])
            alone[:, 3 * size:] = 0  # a frame alone has changed from nothing
            divided = torch.tensor([temperatures[prior] for prior in PRIORS] + [temperatures["still_" + prior] for prior in ("everyday", "everyday", "balanced")])
            divided = divided.repeat_interleave(size)
            rows = torch.cat([rows[:size], torch.cat([rows, alone]) / divided.unsqueeze(1)])
            bias = torch.cat([bias[:size], torch.cat([bias, torch.zeros_like(bias)]) / divided])
        for name, value in (("gates", gates), ("gates_bias", gates_bias), ("rows", rows), ("rows_bias", bias)):
            self.register_buffer(name, value.detach().clone())

    def forward(self, faces: torch.Tensor, h: torch.Tensor, c: torch.Tensor, elapsed: torch.Tensor) -> tuple:
        features = self.net.features(faces)
        maps = self.net.classify(features)
        embedding, everyday = features.mean((2, 3)), maps.mean((2, 3))
        _, others, next_h, next_c, begun = self.cell.step(embedding, everyday, self.net.shift(embedding), elapsed, h, c, (self.gates, self.gates_bias), (self.rows, self.rows_bias))
        size = len(LABELS)
        _, over_time, alone = others.split([size - 1, 3 * size, 3 * size], 1)
        still, _, still_balanced = alone.split(size, 1)
        # A track's first frame, and so a single picture, is answered by itself.
        auto, everyday, balanced = torch.where(begun, over_time, alone).split(size, 1)
        return auto, still, embedding, maps, next_h, next_c, everyday, balanced, still_balanced
