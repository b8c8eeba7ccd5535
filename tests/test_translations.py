"""Every sentence that a user can read has its Chinese, and none goes round the catalogue."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import generate_po, read_po

from tests.sources import ROOT, Call, calls, modules

CATALOGUES = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES"
KEYWORDS = {
    "tr": (1,),
    "trn": (1, 2),
    "trc": ((1, "c"), 2),
    "N_": (1,),
    "NN_": (1, 2),
    "NC_": ((1, "c"), 2),
    "Option": (2,),
    "said_of": (1, 2),
}
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}")

#: Calls whose text arguments a user reads: Qt's and the command line's.
SHOWN = {
    *("setText", "setPlainText", "setHtml", "setTitle", "setSubTitle", "setWindowTitle", "setLabelText", "setTabText"),
    *("setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText", "setInformativeText", "setDetailedText"),
    *("setButtonText", "setCancelButtonText", "setHeaderLabels", "setHorizontalHeaderLabels", "setIconText"),
    *("setAccessibleName", "setAccessibleDescription", "setSuffix", "setPrefix", "setSpecialValueText"),
    *("addTab", "addAction", "addMenu", "addItem", "addItems", "addRow", "addButton", "addSection", "showMessage"),
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu"),
    *("QCommandLinkButton", "QDockWidget", "QListWidgetItem", "QTreeWidgetItem", "QStandardItem", "QProgressDialog"),
    *("information", "warning", "critical", "question", "about", "getText", "getItem", "getOpenFileName"),
    *("getOpenFileNames", "getSaveFileName", "getExistingDirectory", "echo", "secho", "BadParameter", "confirm"),
}

#: Names of languages and products stand in every language as they are.
PROPER_NAMES = {"Handover", "English", "Excel", "Microsoft", "Project", "Primavera", "PDF", "CSV", "XML", "JSON"}

Key = tuple[str, str, str]  # context, English, English plural


@dataclass(frozen=True)
class Sentence:
    """A sentence in the source, with the first place where it stands."""

    context: str
    english: str
    plural: str
    place: str

    @property
    def key(self) -> Key:
        """What the catalogue finds it by."""
        return self.context, self.english, self.plural


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every marked sentence of the program, once."""
    found: dict[Key, Sentence] = {}
    for path in modules("handover", "ui"):
        with (ROOT / path).open("rb") as file:
            for line, message, _, context in extract("python", file, KEYWORDS, options={"encoding": "utf-8"}):
                english, plural = message if isinstance(message, tuple) else (message, "")
                sentence = Sentence(context or "", english, plural, f"{path.as_posix()}:{line}")
                found.setdefault(sentence.key, sentence)
    return tuple(found.values())


@cache
def translations() -> tuple[tuple[Path, Message], ...]:
    """Every entry of every Chinese catalogue but their heads."""
    entries = []
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            entries += [(path, message) for message in read_po(file, locale="zh_CN", abort_invalid=True) if message.id]
    return tuple(entries)


def key_of(message: Message) -> Key:
    english, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
    return message.context or "", english, plural


def chinese_of(message: Message) -> str:
    return message.string[0] if isinstance(message.string, tuple) else message.string


def translated() -> dict[Key, str]:
    return {key_of(message): chinese_of(message) for _, message in translations() if not message.fuzzy}


def placeholders(text: str) -> set[str]:
    """The names in braces; JSON in a help text has braces too, but no names of ours in them."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return {name for name in names if not name or name.isidentifier()}


def as_po(missing: list[Sentence]) -> str:
    """Entries ready to be pasted into a catalogue."""
    catalogue = Catalog(locale="zh_CN")
    for sentence in missing:
        where, _, line = sentence.place.rpartition(":")
        english = (sentence.english, sentence.plural) if sentence.plural else sentence.english
        catalogue.add(english, locations=[(where, int(line))], context=sentence.context or None)
    return "".join(generate_po(catalogue, omit_header=True, width=1000))


def complain(faults: list[str], advice: str) -> None:
    if faults:
        pytest.fail(f"{len(faults)} x {advice}\n\n" + "\n".join(faults), pytrace=False)


def test_every_sentence_has_its_chinese() -> None:
    known = translated()
    missing = [sentence for sentence in sentences() if not known.get(sentence.key)]

    assert sentences(), "the extraction found nothing at all"
    if missing:
        pytest.fail(
            f"{len(missing)} sentences lack their Chinese; paste and fill in:\n\n{as_po(missing)}", pytrace=False
        )


def test_translation_keeps_the_placeholders() -> None:
    faults = []
    for path, message in translations():
        _, english, plural = key_of(message)
        chinese = chinese_of(message)
        if chinese and placeholders(chinese) != placeholders(plural or english):
            faults.append(f"{path.name}:{message.lineno}: {english!r} -> {chinese!r}")

    complain(faults, "placeholders of the Chinese differ from those of the English:")


def test_translation_is_chinese() -> None:
    """A sentence copied into its own translation looks complete and isn't."""
    faults = []
    for path, message in translations():
        words = set(WORD.findall(re.sub(r"\{.*?\}", "", key_of(message)[1]))) - PROPER_NAMES
        chinese = chinese_of(message)
        if chinese and len(words) > 1 and not CHINESE.search(chinese):
            faults.append(f"{path.name}:{message.lineno}: {chinese!r}")

    complain(faults, "a translation without a Chinese character:")


def test_one_sentence_has_one_translation() -> None:
    said: dict[Key, dict[str, str]] = defaultdict(dict)
    for path, message in translations():
        said[key_of(message)].setdefault(chinese_of(message), f"{path.name}:{message.lineno}")
    faults = [f"{key[1]!r}: {variants}" for key, variants in said.items() if len(variants) > 1]

    complain(faults, "translated in several ways (use trc where a word needs several):")


def test_no_entry_is_left_over() -> None:
    used = {sentence.key for sentence in sentences()}
    faults = [
        f"{path.name}:{entry.lineno}: {entry.id!r}" for path, entry in translations() if key_of(entry) not in used
    ]

    complain(faults, "in a catalogue but nowhere in the program:")


def composed(node: ast.expr) -> bool:
    """Whether a text is put together in the source, so that no catalogue can hold it."""
    return (
        isinstance(node, ast.JoinedStr | ast.BinOp)
        or (isinstance(node, ast.IfExp) and (composed(node.body) or composed(node.orelse)))
        or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join")
        )
    )


def translating_calls() -> Iterator[tuple[Call, list[ast.expr]]]:
    """The calls that look a sentence up, with the arguments that the catalogue must hold."""
    texts = {"tr": slice(0, 1), "trn": slice(0, 2), "trc": slice(0, 2), "N_": slice(0, 1)}
    for path in modules("handover", "ui"):
        for call in calls(path):
            if call.name in texts:
                yield call, call.node.args[texts[call.name]]


def test_no_sentence_is_composed() -> None:
    faults = [call.place for call, texts in translating_calls() if any(composed(text) for text in texts)]

    complain(faults, "a composed text in a call of tr, trn, trc or N_ (use named placeholders):")


def test_marked_sentences_are_literals() -> None:
    """``N_`` marks; what isn't written out there never reaches the catalogue."""
    faults = [
        call.place
        for call, texts in translating_calls()
        if call.name == "N_" and not all(isinstance(text, ast.Constant) for text in texts)
    ]

    complain(faults, "N_ of something else than a literal:")


def test_what_is_looked_up_is_collected() -> None:
    """What stands within the braces of an f-string is looked up, and never seen by what collects sentences."""
    collected = {key for each in sentences() for key in (each.english, each.plural)}
    faults = [
        call.place
        for call, texts in translating_calls()
        if call.name != "trc"
        for text in texts
        if isinstance(text, ast.Constant) and text.value not in collected
    ]

    complain(faults, "a sentence that isn't collected; give it a name of its own before the f-string:")


def test_every_placeholder_is_given_its_value() -> None:
    faults = []
    for call, texts in translating_calls():
        given = {keyword.arg for keyword in call.node.keywords} | ({"n"} if call.name == "trn" else set())
        wanted = {
            name
            for text in texts
            if isinstance(text, ast.Constant) and isinstance(text.value, str)
            for name in placeholders(text.value)
        }
        if call.name != "N_" and None not in given and wanted - given:
            faults.append(f"{call.place}: {', '.join(sorted(wanted - given))}")

    complain(faults, "a placeholder without a value:")


def literals(node: ast.expr) -> Iterator[str]:
    """The pieces of text written directly in an argument, also in an f-string, a list or a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr | ast.List | ast.Tuple):
        for part in node.values if isinstance(node, ast.JoinedStr) else node.elts:
            yield from literals(part)
    elif isinstance(node, ast.BinOp):
        yield from literals(node.left)
        yield from literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def needs_translation(text: str) -> bool:
    """Whether a text holds words; tags, addresses of resources and proper names are none."""
    bare = re.sub(r"<[^>]*>|&\w+;", " ", text)
    if re.fullmatch(r"\S*[:/_.]\S*", bare.strip()):
        return False
    return bool(CHINESE.search(bare) or set(WORD.findall(bare)) - PROPER_NAMES)


def test_nothing_is_shown_untranslated() -> None:
    faults = []
    for path in modules("ui") + [path for path in modules("handover") if "cli" in path.parts]:
        for call in calls(path):
            if call.name in SHOWN:
                faults += [
                    f"{call.place}: {call.name}({text!r})"
                    for argument in call.node.args
                    for text in literals(argument)
                    if needs_translation(text) and text != "中文"
                ]

    complain(faults, "a text that goes round the catalogue (use tr, or a context of its own):")


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("label.setText('Save all')", True),
        ("QLabel(f'{n} rows left')", True),
        ("label.setText('保存')", True),
        ("label.setText(tr('Save all'))", False),
        ("label.setText('')", False),
        ("label.setText('<b></b>')", False),
        ("label.setText('English')", False),
    ],
)
def test_the_search_for_untranslated_text_finds_what_it_should(source: str, caught: bool) -> None:
    (argument,) = ast.parse(source, mode="eval").body.args  # type: ignore[attr-defined]  # a call, by its making

    assert any(needs_translation(text) for text in literals(argument)) is caught
