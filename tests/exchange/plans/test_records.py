"""Plans on their way out of the child: they arrive as they were sent, and nothing else arrives."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.confined import ChildFailed, Frame, receive, unpacked
from handover.exchange.plans.mspdi import MspdiProject, read_mspdi
from handover.exchange.plans.read_plan import read_mspdi_file, read_xer_file
from handover.exchange.plans.records import records, send_record
from handover.exchange.plans.xer.read import read_xer
from tests.strangers import CORPUS


def through(whole: object) -> list[Frame]:
    pipe = io.BytesIO()
    send_record(pipe, whole)
    pipe.seek(0)
    frames = []
    while (data := receive(pipe)) is not None:
        frames.append(unpacked(data))
    return frames


@pytest.mark.parametrize("path", sorted((CORPUS / "mspdi").glob("*.xml")), ids=lambda p: p.name)
def test_a_plan_in_xml_arrives_as_it_was_read(path: Path) -> None:
    here, sent = read_mspdi(path), read_mspdi_file(path)
    assert str(sent.tasks and sent.tasks[0].problems) == str(here.tasks and here.tasks[0].problems)
    assert [t.name for t in sent.tasks] == [t.name for t in here.tasks]
    assert sent.calendars == here.calendars and sent.assignments == here.assignments


@pytest.mark.parametrize("path", sorted((CORPUS / "xer").glob("*.xer")), ids=lambda p: p.name)
def test_a_plan_in_xer_arrives_as_it_was_read(path: Path) -> None:
    here, sent = read_xer(path), read_xer_file(path)
    assert [p.activities for p in sent] == [p.activities for p in here]
    assert [p.links for p in sent] == [p.links for p in here]
    assert [list(map(str, v)) for p in sent for v in p.problems.values()] == [
        list(map(str, v)) for p in here for v in p.problems.values()
    ]


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 2**40), st.floats(), st.text(max_size=4)),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=9,
)


@given(st.sampled_from(["record", "part", "end"]), st.lists(VALUES, max_size=3), st.booleans())
def test_other_values_are_refused(name: str, values: list[object], begun: bool) -> None:
    frames: list[Frame] = through(MspdiProject())[:1] if begun else []
    with pytest.raises(ChildFailed):
        list(records(MspdiProject, [*frames, (name, *values), ("part", "name", ("x",)), ("end",)]))


def test_a_value_of_another_kind_is_refused() -> None:
    (record, *rest) = through(MspdiProject(name="P"))
    values = list(record[1])
    values[0] = 5
    with pytest.raises(ChildFailed, match="int in place of str"):
        list(records(MspdiProject, [("record", tuple(values)), *rest]))
