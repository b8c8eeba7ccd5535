"""Words that say how far a task is: Done, In progress, 未开始, 対応中, Abgeschlossen."""

# ruff: noqa: E501 - lists of words read better as one line

from __future__ import annotations

import re
from functools import lru_cache

from handover.errors import NotValid
from handover.model.task import TASK_STATUS
from handover.model.vocabulary import Vocabulary
from handover.values.cells import Cell, folded, normal, parse_yes

_SYMBOLS = re.compile(r"^[^\w<>]+|[^\w)）%]+$")
_BEGUN = 0.5
_SHARES = {"not_started": 0.0, "in_progress": _BEGUN, "completed": 1.0}

#: Words beside the program's own, by the share that they mean; None where they say nothing about it.
_WORDS: tuple[tuple[float | None, str], ...] = (
    (
        0.0,
        "未开始 未开工 to_do todo open new pending pendente başlamadı backlog planned waiting not_begun unstarted scheduled 待办 待处理 待开始 未启动 未动工 "
        "to_be_done to_be_started yet_to_start not_yet outstanding 未进行 未整改 待整改 未完成整改 未处理 未消缺 待消缺 计划中 筹备中 准备中 计划 激活 未解决 未修复 未关闭 未完工 未执行 未上线 reopened re-open reopen 排队中 等待中 等待回复 未着手 未開始 未対応 nicht_begonnen offen geplant à_faire "
        "non_commencé pas_commencé prévu no_iniciado pendiente por_hacer não_iniciado da_fare te_doen 대기 계획 미착수 예정 시작_전 новая новый открыто открыта не_начато não_iniciada no_iniciada chưa_bắt_đầu",
    ),
    (
        0.5,
        "进行中 ongoing doing wip partial in_development in_dev developing being_fixed under_review em_teste started active in_work underway under_way in_process in_review in_testing in_test 正在进行 已开始 "
        "已启动 实施中 施工中 开发中 处理中 进展中 执行中 测试中 制作中 推进中 部分完成 整改中 消缺中 正在整改 正在处理 跟进中 解决中 修复中 整理中 编写中 设计中 对接中 联调中 待验收 持续 持续进行 進行中 対応中 作業中 "
        "着手 着手中 开工 已开工 in_bearbeitung in_arbeit laufend begonnen gestartet en_cours commencé en_progreso en_curso iniciado em_andamento em_execução em_desenvolvimento em_progresso в_работе в_процессе выполняется "
        "in_corso bezig 진행중 진행_중 đang_thực_hiện devam_ediyor",
    ),
    (
        1.0,
        "完成 已完成 done solved fixed implemented delivered finished closed close closed_out cleared rectified resolved complete 完了 済 済み 完 已完 已完工 已解决 已关闭 关闭 已结束 结束 已办结 已验收 已整改 整改完成 已整改完成 已消缺 已处理 已闭环 闭环 已销项 销项 已消项 完毕 已修复 修复 已执行 已上线 已提交 已交付 已移交 已落实 已实现 已解决 解决 終了 "
        "対応済 abgeschlossen erledigt fertig beendet terminé terminée fini fait achevé clos completado completada hecho terminado "
        "finalizado finalizada concluído concluída completato выполнено выполнена завершено завершена готово сделано исправлено klaar 완료 완료됨 진행완료 tamamlandı hoàn_thành",
    ),
    (
        None,
        "撤销 未完成 incomplete pendent on_hold hold paused cancelled canceled blocked delayed late deferred postponed suspended unknown dropped 暂停 挂起 搁置 "
        "取消 已取消 延期 延迟 逾期 未知 作废 中止 保留 保留中 待定 überfällig zurückgestellt abgebrochen pausiert annulé en_pause "
        "en_retard cancelado cancelada 보류 취소",
    ),
)
#: What turns a word of what is done into its opposite, into a part of it, or says nothing beside it.
_NOT = frozenset(["not", "no", "isn't", "never", "nicht", "noch", "pas", "non", "sin", "não", "nao", "no_se", "не"])
_PARTLY = frozenset(
    [
        "partial",
        "partially",
        "partly",
        "half",
        "almost",
        "nearly",
        "mostly",
        "teilweise",
        "partiellement",
        "parcialmente",
        "частично",
    ]
)
_BESIDE = frozenset(
    [
        "yet",
        "still",
        "fully",
        "completely",
        "all",
        "already",
        "is",
        "has",
        "been",
        "be",
        "ist",
        "déjà",
        "ya",
        "já",
        "уже",
    ]
)
#: A heading that is answered with yes where a row is done.
_ASKS_DONE = re.compile(
    r"\bdone\b|complete|closed?\b|cleared|finished|rectified|resolved|\bsolved\b|\bfixed\b|implemented"
    r"|(?:是否|已)(?:已|全部)?(?:完成|关闭|整改|闭环|销项|解决|修复|处理|消缺|落实|上线|交付|移交|实现)|解决情况|处理情况"
    r"|完成情况|整改情况|闭环情况|销项情况|erledigt|behoben|abgeschlossen|terminé|résolu|corrigé|cerrado|resuelto|resolvido|concluíd",
    re.IGNORECASE,
)
#: Longer texts are no words of a state.
_LONGEST = 4
#: Signs that stand for a word by themselves.
_SIGNS = {"✅": 1.0, "✔": 1.0, "✔️": 1.0, "✓": 1.0, "☑": 1.0, "🟢": None, "⏳": 0.5, "🔄": 0.5, "🚧": 0.5, "⬜": 0.0}
_KNOWN = {folded(word.replace("_", " ")): share for share, words in _WORDS for word in words.split()}


@lru_cache(maxsize=4096)
def is_progress_word(text: str) -> bool:
    """True for a word that says where a task stands, whether or not that is a share."""
    known = TASK_STATUS.code_of(_SYMBOLS.sub("", text)) is not None or _plain(text) in _KNOWN
    return known or text.strip() in _SIGNS or _by_parts(text) is not None


@lru_cache(maxsize=4096)
def share_in_words(text: str) -> float | None:
    """How far a word says that a task is: 0, 1, and 0.5 for one that has begun; None when it tells nothing of it."""
    if text.strip() in _SIGNS:
        return _SIGNS[text.strip()]
    code = TASK_STATUS.code_of(_SYMBOLS.sub("", text))
    if code is not None:
        return _SHARES.get(code)
    plain = _plain(text)
    return _KNOWN[plain] if plain in _KNOWN else (_by_parts(text) or (None,))[0]


def _by_parts(text: str) -> tuple[float | None] | None:
    """The share of words that turn another one: Not completed, Partly done, Not started yet; None where none is told."""
    words = normal(_SYMBOLS.sub("", text)).casefold().replace("_", " ").split()
    told = [word for word in words if word not in _BESIDE]
    turned = [word for word in told if word in _NOT or word in _PARTLY]
    whole = " ".join(word for word in told if word not in turned)
    code = TASK_STATUS.code_of(whole)
    if not 1 <= len(told) <= _LONGEST or len(turned) > 1 or (code is None and folded(whole) not in _KNOWN):
        return None
    share = _SHARES.get(code) if code is not None else _KNOWN[folded(whole)]
    if not turned:
        return (share,)
    if turned[0] in _PARTLY:
        return (0.5,) if share == 1.0 else None
    return (0.0,) if share == _BEGUN else (None,)  # whether what isn't done has begun is open


def asks_done(heading: str) -> bool:
    """True for a heading that is answered with yes where a row is done: Fixed, 是否解决."""
    return bool(_ASKS_DONE.search(heading))


def state_said(cell: Cell) -> Cell:
    """A word of progress, or a sign of it for yes and no; None for anything else."""
    if isinstance(cell, str) and is_progress_word(cell):
        return cell
    try:
        yes = None if isinstance(cell, (int, float)) and not isinstance(cell, bool) else parse_yes(cell)
    except NotValid:
        return None
    return None if yes is None else "✅" if yes else "⬜"  # as the vocabulary of the register says it


def word_known_to(words: Vocabulary, cell: Cell) -> Cell:
    """A state as a vocabulary knows it: where it has no word of its own for ✅ or 已销项, the first that says as much."""
    if not isinstance(cell, str) or words.code_of(cell) or words.code_of(_SYMBOLS.sub("", cell)):
        return cell
    share = share_in_words(cell)
    return cell if share is None else _word_for(words, share) or cell


@lru_cache(maxsize=256)
def _word_for(words: Vocabulary, share: float) -> str:
    """The first word that a vocabulary has for a share; empty where it has none."""
    same = (word.replace("_", " ") for told, said in _WORDS if told == share for word in said.split())
    return next((word for word in same if words.code_of(word)), "")


def _plain(text: str) -> str:
    return folded(normal(_SYMBOLS.sub("", text)))
