"""Random acts on the rows of every register, undone, done again and killed: the file holds whole acts each time."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from handover.registers.catalogue import registers
from handover.store import Workspace, redo, undo
from handover.store.checking.check import check
from tests.registers.acts.any_act import Hands, digest
from tests.sample.once import a_sample
from tests.sources import ROOT


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3))])
def test_acts_on_all_registers_are_undone_and_done_again(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    path = a_sample(tmp_path_factory, "en")
    chance = random.Random(seed)
    wanted = list(registers())
    chance.shuffle(wanted)
    with Workspace.open(path) as workspace:
        hands = Hands(workspace, chance)
        states, counts = [digest(path)], []
        for register in wanted:
            counts.append(hands.try_all(register))
            states.append(digest(path))
        assert sum(1 for n in hands.done.values() if n) > 0.8 * len(wanted), hands.done

        for count, register, state in reversed(list(zip(counts, wanted, states, strict=False))):
            for _ in range(count):
                undo(workspace)
            assert digest(path) == state, f"{register.key} isn't what it was"
        for count, register, state in zip(counts, wanted, states[1:], strict=True):
            for _ in range(count):
                redo(workspace)
            assert digest(path) == state, f"{register.key} isn't what it was made"
    assert check(path) == []


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 12))])
def test_acts_on_any_register_that_are_killed_are_whole_or_not_there(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = a_sample(tmp_path_factory, "en")
    command = [sys.executable, "-m", "tests.registers.acts.any_act", str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(10 + 3 * seed)]
        child.kill()
        told += child.stdout.readlines()
    whole = [line for line in told if line.endswith("\n")]
    number, state = whole[-1].split()

    with Workspace.open(path) as workspace:
        there = Hands(workspace, random.Random(seed)).number()
        assert 0 <= there - int(number) <= 1, "an act that was told is gone"
        if there > int(number):  # it was stored, and killed before it could be told
            undo(workspace)
        assert digest(path) == state
    assert check(path) == []
