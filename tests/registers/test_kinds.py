"""Kinds of fields: each says of itself what it is, and general code asks it instead of naming it."""

from __future__ import annotations

import re

import pytest

from handover.registers.catalogue import registers
from handover.registers.kinds import Kind, every_kind
from handover.registers.kinds.kind import FieldKind
from tests.sources import ROOT, modules

#: Telling kinds apart; the folder of kinds and the declarations may name them.
_TOLD_APART = re.compile(
    r"\.kind\s+(?:is|is not|in|not in|==|!=)\s+\(?Kind\.|\.kind\s+(?:is|is not)\s+[A-Z_]{3,}\b"
    r"|match\s+\w+\.kind:|\bKind\.\w+\s*:"
    r"|\b(?:printed|kind\.name)\s+(?:is|is not|in|not in|==|!=)\s"
)


def test_general_code_tells_no_kinds_apart() -> None:
    found = [
        f"{path}:{number}"
        for package in ("handover", "ui")
        for path in modules(package)
        if "registers/kinds" not in path.as_posix()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if _TOLD_APART.search(line)
    ]
    assert found == []


def test_kinds_are_found_by_looking_into_their_folder() -> None:
    named = {kind.key for name, kind in vars(Kind).items() if isinstance(kind, FieldKind)}

    assert {kind.key for kind in every_kind()} == named
    assert len(named) == 19


@pytest.mark.parametrize("register", registers(), ids=lambda register: register.key)
def test_fields_have_the_kind_that_their_model_tells(register) -> None:
    for field in register.fields:
        assert (field.words is not None) == (field.kind in (Kind.CHOICE, Kind.STATE)), field.field
        assert field.kind.names_a_row == bool(field.target), field.field
        assert field.kind.operators, field.field


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.key)
def test_kind_that_cannot_be_read_as_a_column_is_asked_cell_by_cell(kind: FieldKind) -> None:
    column = next((f for each in registers() for f in each.entered if f.kind is kind), None)
    if column is None:
        pytest.skip("no register has one")
    read = kind.pasted(column, ["", None])
    assert read is None or read.values == [None, None]


def test_copies_leave_out_states_stamps_and_what_names_a_row_alone() -> None:
    left_out = {each.key: {f.field for f in each.entered if not f.copied} for each in registers()}

    assert left_out["documents"] == {
        "number", "originator_no", "status", "submitted_on", "received_on", "return_code", "approved_by", "approved_on",
        "accepted_on", "lent_to", "lent_on", "lent_until",
    }  # fmt: skip
    assert left_out["people"] == {"email", "account"}
    assert {"percent", "predecessors", "source_id"} <= left_out["tasks"]
