"""Every lifecycle is exactly what the field agreed on: its states, its lawful steps, and nothing else."""

from __future__ import annotations

from itertools import permutations

import pytest

from handover.errors import NotLawful, NotValid
from handover.i18n import in_language
from handover.model import Base, Document, KnowledgeItem, Project, System, WorkingGroup
from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.data_move import DataMove
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.rectification import Rectification
from handover.model.acceptance.trial import Trial
from handover.model.acceptance.waiver import ParameterWaiver
from handover.model.custody.certificate import Certificate
from handover.model.custody.signature import Signature
from handover.model.cutover.rollback import RollbackPlan
from handover.model.cutover.step import CutoverStep
from handover.model.cutover.wave import CutoverWave
from handover.model.documents.box import Box
from handover.model.documents.review import Comment, Review
from handover.model.documents.revision import Revision
from handover.model.documents.transfer_error import TransferError
from handover.model.documents.transmittal import Transmittal
from handover.model.issued import Issued
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.retention import RetentionPlan
from handover.model.knowledge.session import TransferSession
from handover.model.learning.fault_case import FaultCase
from handover.model.learning.lesson import LessonLearned
from handover.model.learning.training import TrainingRecord
from handover.model.learning.written import ManualSection, OperatingProcedure
from handover.model.lifecycle import Lifecycle
from handover.model.punch import Punch
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.criterion import Criterion
from handover.model.readiness.drill import EmergencyDrill
from handover.model.readiness.emergency_plan import EmergencyPlan
from handover.model.readiness.feedback import OperatorFeedback
from handover.model.readiness.gate_signature import GateSignature
from handover.model.readiness.review import GateReview
from handover.model.readiness.spare import SparePart
from handover.model.running.run import ProvingRun
from handover.model.teams.action import Action
from handover.model.teams.contribution import ScoreObjection
from handover.model.teams.decision import Decision
from handover.model.teams.meeting import Meeting
from handover.model.vocabulary import Option, Vocabulary

Steps = dict[str, str]

#: Rejecting sets the next due date, so that a rejected document comes again.
OF_A_DOCUMENT: Steps = {
    "placeholder": "submitted cancelled",
    "submitted": "received cancelled",
    "received": "in_review cancelled",
    "in_review": "approved returned rejected cancelled",
    "approved": "issued cancelled",
    "issued": "accepted superseded cancelled",
    "accepted": "superseded cancelled",
    "returned": "submitted cancelled",
    "rejected": "submitted cancelled",
    "superseded": "cancelled",
    "cancelled": "",
}

#: From each state to each state that may follow it, as the field has it.
BY_FIELD_MD: dict[tuple[type[Base], str], Steps] = {
    # 3.1; a closed project refuses every change
    (Project, "status"): {
        "planned": "active suspended",
        "active": "handed_over suspended",
        "handed_over": "in_aftercare suspended",
        "in_aftercare": "closed suspended",
        "suspended": "planned active handed_over in_aftercare",
        "closed": "",
    },
    # 3.2; it passes by certificates alone, one step at a time
    (System, "custody"): {"constructor": "", "commissioning": "", "care_custody": "", "operations": ""},
    # 3.15; in force by its signatures
    (Certificate, "status"): {"draft": "issued", "issued": "draft in_force", "in_force": "void", "void": ""},
    (Signature, "status"): {"waiting": "signed", "signed": "waiting"},
    # 3.3
    (WorkingGroup, "status"): {
        "forming": "active",
        "active": "winding_down",
        "winding_down": "dissolved",
        "dissolved": "",
    },
    # 3.5; a document has the states of its current revision
    (Document, "status"): OF_A_DOCUMENT,
    (Revision, "status"): OF_A_DOCUMENT,
    (Review, "status"): {
        "asked": "answered withdrawn",
        "answered": "asked",
        "withdrawn": "",
    },
    # closed only by the reviewer; a response is no resolution
    (Comment, "status"): {
        "open": "answered",
        "answered": "closed open",
        "closed": "open",
    },
    # partly acknowledged follows from its receivers
    (Transmittal, "status"): {
        "draft": "issued",
        "issued": "acknowledged recalled",
        "partly_acknowledged": "acknowledged",
        "acknowledged": "closed",
        "closed": "",
        "recalled": "",
    },
    (TransferError, "status"): {
        "open": "fixed void",
        "fixed": "open void",
        "void": "",
    },
    (Box, "status"): {
        "filling": "handed_over",
        "handed_over": "filling",
    },
    # 3.6; what has expired is planned anew
    (KnowledgeItem, "status"): {
        "identified": "planned accepted_gap",
        "planned": "in_transfer accepted_gap",
        "in_transfer": "demonstrated accepted_gap",
        "demonstrated": "verified in_transfer accepted_gap",
        "verified": "expired accepted_gap",
        "expired": "planned accepted_gap",
        "accepted_gap": "",
    },
    # 3.6: the gap is each receiver's own; an item's follows from them
    (KnowledgeReceiver, "status"): {
        "identified": "planned accepted_gap",
        "planned": "in_transfer accepted_gap",
        "in_transfer": "demonstrated accepted_gap",
        "demonstrated": "verified in_transfer accepted_gap",
        "verified": "expired accepted_gap",
        "expired": "planned accepted_gap",
        "accepted_gap": "",
    },
    (TransferSession, "status"): {"planned": "held cancelled", "held": "planned", "cancelled": "planned"},
    (RetentionPlan, "status"): {"proposed": "agreed dropped", "agreed": "done dropped", "done": "", "dropped": ""},
    # 3.10; that a certificate ran out is computed
    (TrainingRecord, "status"): {
        "not_planned": "planned",
        "planned": "attended",
        "attended": "passed failed",
        "passed": "planned",
        "failed": "planned",
    },
    # 3.14
    (LessonLearned, "status"): {"noted": "agreed dropped", "agreed": "applied dropped", "applied": "", "dropped": ""},
    (FaultCase, "status"): {
        "draft": "reviewed",
        "reviewed": "draft published",
        "published": "superseded",
        "superseded": "",
    },
    (ManualSection, "status"): {
        "draft": "reviewed",
        "reviewed": "draft in_force",
        "in_force": "superseded",
        "superseded": "",
    },
    (OperatingProcedure, "status"): {
        "draft": "reviewed",
        "reviewed": "draft in_force",
        "in_force": "superseded",
        "superseded": "",
    },
    # 3.7; rejecting leads back, unverifying is the signatory's
    (Punch, "status"): {
        "open": "cleared void",
        "cleared": "open verified void",
        "verified": "cleared void",
        "void": "",
    },
    # what was issued is superseded or void, never changed
    (Issued, "status"): {
        "issued": "superseded void",
        "superseded": "",
        "void": "",
    },
    # 3.9; what is met or doesn't apply is opened again by a step, with a word why
    (Criterion, "status"): {
        "not_started": "in_progress met not_met na",
        "in_progress": "met not_met na",
        "met": "in_progress",
        "not_met": "in_progress met na",
        "na": "in_progress",
    },
    # 3.1; a decision is final, the next review is a row of its own
    (GateReview, "status"): {
        "planned": "open void",
        "open": "go conditional_go no_go void",
        "go": "",
        "conditional_go": "",
        "no_go": "",
        "void": "",
    },
    (GateCondition, "status"): {"open": "fulfilled", "fulfilled": "open"},
    (GateSignature, "status"): {"waiting": "signed", "signed": "waiting"},
    # 3.11; what is used up is ordered again
    (SparePart, "status"): {
        "required": "ordered",
        "ordered": "shipped received",
        "shipped": "received",
        "received": "inspected in_stock required",
        "inspected": "in_stock required",
        "in_stock": "issued required",
        "issued": "required",
    },
    # 3.12; whether it counts follows from its drills
    (EmergencyPlan, "status"): {
        "draft": "reviewed withdrawn",
        "reviewed": "draft approved withdrawn",
        "approved": "draft withdrawn",
        "withdrawn": "",
    },
    (EmergencyDrill, "status"): {"planned": "held cancelled", "held": "planned", "cancelled": "planned"},
    (OperatorFeedback, "status"): {
        "new": "accepted declined",
        "accepted": "declined done",
        "done": "accepted",
        "declined": "accepted",
    },
    # 3.8; measured, mended, measured again
    (TestCampaign, "status"): {
        "planned": "running",
        "running": "closed",
        "closed": "running",
    },
    (DataMove, "status"): {
        "planned": "backed_up",
        "backed_up": "cleaned",
        "cleaned": "mapped",
        "mapped": "converted",
        "converted": "mapped verified",
        "verified": "mapped",
    },
    (AcceptanceParameter, "signature"): {
        "unsigned": "signed",
        "signed": "unsigned",
    },
    (Rectification, "status"): {
        "opened": "in_work waived void",
        "in_work": "awaiting_retest waived void",
        "awaiting_retest": "retest_failed retest_passed waived void",
        "retest_failed": "in_work waived",
        "retest_passed": "sop_updated closed",
        "sop_updated": "closed",
        "closed": "",
        "waived": "",
        "void": "",
    },
    (Trial, "status"): {
        "planned": "running dropped",
        "running": "completed dropped",
        "completed": "running",
        "dropped": "",
    },
    (ParameterWaiver, "status"): {
        "requested": "approved refused withdrawn",
        "approved": "withdrawn",
        "refused": "",
        "withdrawn": "",
    },
    # 3.8; a night of cutover
    (RollbackPlan, "status"): {
        "draft": "approved void",
        "approved": "draft void",
        "void": "",
    },
    (CutoverStep, "status"): {
        "waiting": "running done skipped",
        "running": "waiting done failed",
        "done": "waiting",
        "failed": "running skipped",
        "skipped": "waiting",
    },
    (CutoverWave, "status"): {
        "planned": "executing void",
        "executing": "verified rolled_back",
        "verified": "",
        "rolled_back": "planned void",
        "void": "",
    },
    # 3.8; a decided run is opened again only to correct its log
    (ProvingRun, "status"): {
        "planned": "running void",
        "running": "passed failed void",
        "passed": "running",
        "failed": "running void",
        "void": "",
    },
    # 3.3
    (Action, "status"): {
        "open": "in_progress done cancelled",
        "in_progress": "done cancelled",
        "done": "open verified",
        "verified": "open",
        "cancelled": "",
    },
    (Decision, "status"): {
        "draft": "in_force void",
        "in_force": "regularised lifted void",
        "regularised": "lifted",
        "lifted": "",
        "superseded": "",
        "void": "",
    },
    (ScoreObjection, "status"): {"open": "upheld rejected", "upheld": "open", "rejected": "open"},
    (Meeting, "status"): {
        "planned": "held issued cancelled",
        "held": "issued",
        "issued": "held",
        "cancelled": "",
    },
}
CASES = [pytest.param(*key, steps, id=f"{key[0].__name__}.{key[1]}") for key, steps in BY_FIELD_MD.items()]


def life_of(model: type[Base], field: str) -> Lifecycle:
    life = model.__table__.columns[field].info["words"]
    assert isinstance(life, Lifecycle)
    return life


def test_every_lifecycle_of_the_model_is_listed_here() -> None:
    found = {
        (mapper.class_, column.key)
        for mapper in Base.registry.mappers
        for column in mapper.local_table.columns
        if isinstance(column.info.get("words"), Lifecycle)
    }

    assert found == set(BY_FIELD_MD)


@pytest.mark.parametrize(("model", "field", "steps"), CASES)
def test_states_and_steps_are_those_of_the_field(model: type[Base], field: str, steps: Steps) -> None:
    life = life_of(model, field)

    assert {o.code for o in life} == set(steps)
    assert life.initial == next(iter(steps))
    assert life.lawful == {(a, b) for a, after in steps.items() for b in after.split()}
    ends = set() if life.follows else {code for code in steps if not steps[code]}
    assert ends <= life.closed <= set(steps)


@pytest.mark.parametrize(("model", "field", "steps"), CASES)
def test_row_takes_lawful_steps_only(model: type[Base], field: str, steps: Steps) -> None:
    ready = {"verified_level": "3", "target_level": "3"} if model is KnowledgeItem else {}

    for before, after in permutations(steps, 2):
        row = model(**{field: before, **ready})
        if after in steps[before].split():
            setattr(row, field, after)
            assert getattr(row, field) == after
        else:
            with pytest.raises(NotLawful):
                setattr(row, field, after)
            assert getattr(row, field) == before


def test_refusal_names_both_states_and_what_is_possible_in_the_readers_language() -> None:
    document = Document(title="Manual", status="in_review")

    with pytest.raises(NotLawful) as caught:
        document.status = "accepted"

    assert str(caught.value) == (
        "“In review” can't become “Accepted by operations”. "
        "Possible now: Approved, Returned for revision, Rejected, Cancelled."
    )
    with in_language("zh"):
        assert str(caught.value) == "“审查中”不能变为“运营方已接收”。当前可选：已批准、返回重报、退回、作废。"


def test_final_state_is_told_as_such() -> None:
    group = WorkingGroup(name="Pumps", status="dissolved")

    with pytest.raises(NotLawful, match="“Dissolved” is final"):
        group.status = "active"


def test_same_state_again_is_no_step() -> None:
    group = WorkingGroup(name="Pumps", status="dissolved")

    group.status = "dissolved"

    assert group.status == "dissolved"


@pytest.mark.parametrize(
    ("model", "field", "word"),
    [(Document, "status", "done"), (Document, "medium", "papyrus"), (System, "level", "plant")],
)
def test_word_outside_the_list_is_refused_with_the_list(model: type[Base], field: str, word: str) -> None:
    with pytest.raises(NotValid, match=f"“{word}” is not one of: ") as caught:
        model(**{field: word})

    assert caught.value.field == field


# -- vocabularies as such ---------------------------------------------------------------------------------------------

COLOURS = Vocabulary((Option("red", "Paper", aliases=("crimson", "赤")), Option("blue", "Electronic")))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("red", "red"),
        (" RED ", "red"),
        ("Crimson", "red"),
        ("赤", "red"),
        ("paper", "red"),
        ("纸质", "red"),
        ("Ｅｌｅｃｔｒｏｎｉｃ", "blue"),
        ("green", None),
        ("", None),
    ],
)
def test_word_of_a_workbook_is_understood_in_both_languages(text: str, code: str | None) -> None:
    assert COLOURS.code_of(text) == code


def test_label_of_an_unknown_or_empty_code_shows_what_is_there() -> None:
    assert [COLOURS.label(code) for code in ("red", "violet", None, "")] == ["Paper", "violet", "", ""]
    assert "red" in COLOURS
    assert None not in COLOURS


def test_every_label_is_understood_when_it_comes_back_from_a_workbook() -> None:
    """Exported in either language and read again, a word must mean the code that it was written for."""
    faults = []
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            words: Vocabulary = column.info.get("words", COLOURS)
            for option in words:
                for language in ("en", "zh"):
                    with in_language(language):
                        label = option.label
                    if words.code_of(label) != option.code or words.code_of(option.code) != option.code:
                        faults.append((column.key, option.code, label))

    assert faults == []
