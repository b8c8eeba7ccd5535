"""What a list is about, as its file, its sheet and its title say: risks, equipment, drawings, people, training."""

# ruff: noqa: E501 - lists of words read better as one text; Chinese counts double

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: For each register the words of its lists. Risks, issues and requirements are followed up like tasks.
_WORDS = {
    "tasks": "plan plans planning schedule gantt wbs task tasks activity activities milestone milestones backlog sprint "
    "risk risks issue issues punch snag snags defect defects action actions requirement requirements change changes "
    "concern concerns raid programme projektplan zeitplan terminplan cronograma aufgaben risiken "
    "计划 进度 任务 工作 风险 问题 缺陷 消缺 尾项 变更 需求 行动 活动 里程碑 甘特 計画 課題 タスク スケジュール 工程 残作業 指摘",
    "documents": "document documents drawing drawings transmittal transmittals mdl mdr dokumente dokumentenliste "
    "zeichnungen documentos beilagen annexes 文件 图纸 资料 文档 档案 图册 交付物 成果物 文書 図面",
    "systems": "equipment system systems asset assets device devices instrument instruments tag tags anlagen geräte "
    "equipos 设备 系统 台账 资产 仪表 装置 機器 設備",
    "people": "contact contacts directory phonebook people person staff personnel stakeholder stakeholders team members "
    "kontakte mitarbeiter contactos 通讯录 人员 名单 联系人 干系人 花名册 员工 連絡先 名簿",
    "knowledge": "training trainings knowledge skill skills lessons competence schulung formation 培训 知识 经验 技能 研修 教育",
}  # fmt: skip
_SPACED = re.compile(r"[^\w]+|_")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def is_about(register: str, text: str) -> bool:
    """True when the name of a file or a sheet, or a title, says that the list is one of the register's."""
    plain = unicodedata.normalize("NFKC", text)
    said = {w for w in _SPACED.split(_CAMEL.sub(" ", plain).casefold()) if w}
    words = _WORDS.get(register, "").split()
    return any(w in said if w.isascii() or "ä" in w else w in plain for w in words)
