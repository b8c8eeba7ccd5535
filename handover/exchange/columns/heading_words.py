"""Words that stand in headings, whatever the register: enough to tell a header row from titles and data."""

# ruff: noqa: SIM905, E501 - lists of words read better as one text; Chinese counts double

from __future__ import annotations

import re
from functools import lru_cache

from handover.exchange.progress_words import is_progress_word
from handover.exchange.tables.heading_text import plain as as_compared
from handover.registers.catalogue import by_hand
from handover.values.cells import normal

_WORDS = frozenset(
    (
        "id uid default rate total load mail no nr num number seq item line sn code ref reference key wbs outline level task tasks activity "
        "activities name title description summary subject start begin starts finish end ends due deadline date dates "
        "duration days hours weeks effort work progress complete completed completion percent percentage status state "
        "priority owner owners assignee assigned resource resources responsible person people coordinator lead "
        "manager predecessor predecessors successor successors dependency dependencies dependent depends parent "
        "constraint calendar milestone baseline actual planned plan forecast remaining remarks remark notes note "
        "comment comments type category phase stage discipline document documents doc drawing revision rev version "
        "issue issued purpose originator author holder receiver recipient copies medium format system subsystem "
        "equipment tag unit area location organisation organization company contractor vendor supplier department "
        "team role email phone telephone mobile risk impact probability likelihood mitigation deliverable "
        "deliverables criteria standards method reviewer reviewed approved approval approver result results outcome "
        "cost budget price amount currency quantity qty stock min max minimum maximum part material specification "
        "serial model manufacturer created createdby createdon updated modified raised closed link links file url "
        "severity field value values parameter nominal tolerance test knowledge skill training course session trainer "
        "trainee score rating evidence action actions decision attachments severity symptom cause remedy duedate "
        "startdate finishdate enddate labels bucket sprint reporter epic nombre tarea duración comienzo fin "
        "vorgangsname vorgang dauer anfang ende vorgänger ressourcennamen aufgabe tâche durée début prédécesseurs nom "
        "название задача длительность начало окончание предшественники nome tarefa duração início término "
        "predecessoras attività durata inizio fine nr feature features module modules "
        "requirement requirements stakeholder stakeholders audience frequency information provider goal goals objective "
        "objectives channel lesson lessons recommendation case step steps expected scenario passed client customer contact "
        "position job week month year percentage hours hour rate subtotal building floor room zone asset assets "
        "priority urgency strategy trigger response contingency category categories sponsor recurrence distribution "
        "attendee attendees participant participants agenda topic topics meeting check checked inspector inspection story "
        "points iteration release version environment component build fixed found opened assigned deadline approval "
        "responsable responsables encargado estado fecha fechas prioridad descripción observaciones porcentaje avance "
        "actividad actividades entrega nombre área riesgo riesgos impacto probabilidad causa estrategia costo presupuesto "
        "état statut priorité désignation libellé échéance risque risques gravité probabilité action avancement commentaires "
        "remarques quantité prix référence rôle équipe phase livrable verantwortlich status priorität beschreibung bemerkung "
        "anzahl menge preis maßnahme risiko phase meilenstein beginn frist prioridade responsável situação descrição prazo "
        "risco custo atividade status etapa entregável статус ответственный срок описание примечание риск приоритет "
        "этап количество цена дата номер durum sorumlu açıklama öncelik başlangıç bitiş süre tarih görev stato priorità "
        "descrizione responsabile data scadenza rischio opis termin osoba ilość data"
    ).split()
)
_HAN_WORDS = (
    "序号 编号 编码 代码 标识 标识号 任务 工作 活动 作业 名称 标题 内容 描述 说明 摘要 项目 工期 持续时间 时间 天数 开始 完成 结束 截止 "
    "日期 起止 计划 实际 预计 花费 进度 完成率 百分比 完成度 状态 优先级 负责 责任 执行人 资源 人员 前置 后置 后续 紧前 依赖 大纲 级别 "
    "层级 阶段 里程碑 备注 类型 类别 专业 文件 文档 图纸 图号 版本 版次 修订 编制 审核 批准 提交 接收 移交 份数 页数 载体 系统 子系统 "
    "设备 位号 区域 位置 部门 班组 岗位 姓名 电话 邮箱 手机 风险 影响 概率 措施 等级 数量 单位 单价 金额 费用 成本 供应商 厂家 规格 型号 "
    "库存 培训 课程 讲师 知识 持有人 结果 证据 问题 原因 目标 交付物 工数 予定 実績 進捗 開始 終了 担当 先行 大項目 中項目 小項目 タスク "
    "期間 優先 工作日 责任人 周期 工时 単位 備考 件名 번호 작업 시작 완료 기간 담당 模块 功能 需求 用例 步骤 预期 "
    "责任 现状 进展 干系人 角色 职务 频率 方式 受众 应对 策略 等级 分类 子项 清单 用户 客户 价格 合同 "
    "依頼 回答 内容 対応 区分 状況 状態 機能 画面 詳細 確認 完了 期限 担当者 登録 발생 내용 상태 구분 분류 비고 일자 종료 우선순위"
).split()
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
_SPLIT = re.compile(r"[^\w%#№]+|_")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SIGNS = frozenset({"#", "№", "%", "№ п/п", "id #"})
#: A template's field, an address, a formula, or a sentence.
_NO_HEADING = re.compile(r"\{\{|[<>=@\\]|(?<![Nn]o)[.。;；!！]$")
_LONGEST = 60
#: Words that ask head a column by themselves; where more words follow it is a question.
_ASKING, _SHORT = frozenset({"what", "who", "when", "where", "why", "how", "which"}), 3


@lru_cache(maxsize=20_000)
def heading_likeness(text: str) -> float:
    """How surely a text is a heading, from 0 to 1, by its words alone."""
    plain = normal(text)
    if not plain or len(plain) > _LONGEST or _NO_HEADING.search(plain):
        return 0.0
    if plain.lower() in _SIGNS:
        return 1.0
    bare = _BRACKETS.sub(" ", plain).strip(" *:：") or plain
    if len(bare) > 1 and as_compared(bare) in _known() and not is_progress_word(bare):
        return 1.0
    if _HAN.search(bare):
        return _han_likeness(re.sub(r"\s", "", bare))
    words = [w.lower() for w in _SPLIT.split(_CAMEL.sub(" ", bare)) if w]
    if not words or len(words) > 7:
        return 0.0
    asking = _ASKING if len(words) <= _SHORT else frozenset()
    share = sum(w in _WORDS or w in _SIGNS or w in asking for w in words) / len(words)
    return round(share if share >= 0.5 else share / 2, 3) * (1.0 if len(words) <= 4 else 0.7)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """All headings that a field of a register is known by."""
    return frozenset(as_compared(h) for each in by_hand() for field in each.fields for h in field.headings())


def _han_likeness(text: str) -> float:
    if len(text) > 16:
        return 0.0
    covered = 0
    rest = text
    for word in sorted(_HAN_WORDS, key=len, reverse=True):
        if word in rest:
            covered += len(word)
            rest = rest.replace(word, " ", 1)
    share = covered / len(text)
    return round(share, 3) if share >= 0.5 else 0.0
