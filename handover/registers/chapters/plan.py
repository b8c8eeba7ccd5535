"""The plan: its register of tasks, summary tasks and milestones, and the chart."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.task import TASK_STATUS, Task
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage
from handover.registers.declare import Column, Kind, Register, View

TASKS = Register(
    key="tasks",
    icon="list-checks",
    model=Task,
    name=N_("Tasks"),
    aliases=("task", "plan", "计划"),
    columns=(
        Column("wbs", N_("WBS"), 10, also=("WBS code", "outline number", "WBS编码", "大纲数字", "task_code", "Activity ID", "作业代码", "编号", "编码", "WBS number", "WBS No", "Outline code", "Task code", "Activity No", "作业编号", "任务编号", "工作编号", "任务编码", "层级编号", "大纲编号", "WBS 番号", "WBS ID")),
        Column("name", N_("Task"), 42, also=("Task Name", "Activity", "Activity Name", "Summary", "Title", "Subject", "Work item", "Deliverable", "任务名称", "作业名称", "工作内容", "工作项", "事项", "名称", "工作任务", "活动", "Task title", "Task description", "Activity description", "Step", "Action", "Milestone name", "工作项目", "工作事项", "环节", "具体事项", "项目内容", "内容", "任务内容", "任务描述", "任务", "作业", "工序", "工序名称", "子任务", "分项工作", "主要工作", "タスク", "タスク名", "作業", "作業名", "作業内容", "小項目", "小分类", "小分類", "小项", "件名", "Vorgangsname", "Vorgang", "Aufgabe", "Nom de la tâche", "Nombre de tarea", "Название задачи", "User story", "Story", "Story/Task", "Feature", "Issue description", "Problem", "Finding", "Requirement", "Major tasks", "Milestone description", "Action / Decision", "Action item", "Action items", "What", "What to do", "Countermeasure", "项目", "项目名称", "工作", "功能", "功能名称", "功能项", "功能点", "功能明细", "问题描述", "问题说明", "问题内容", "问题", "需求", "需求名称", "需求描述", "具体工作", "具体内容", "工作计划", "里程碑名称", "施工内容", "施工项目", "施工工序", "課題名", "課題", "作業項目", "タスク内容", "工程名", "詳細内容", "事象", "Aktivität", "Aktivitäten", "Aufgaben", "Tätigkeit", "Arbeitspaket", "Teilaufgabe", "Arbeitsschritt", "Tâche", "Tâches", "Activité", "Activités", "Étape", "Nom étape", "Nom de l'étape", "Tarea", "Tareas", "Actividad", "Actividades", "Atividade", "Tarefa", "Attività", "Taak", "Taken", "Görev", "작업", "작업명", "작업 내용", "업무", "업무명", "목표업무", "할 일", "활동", "User story title", "Story title", "Statement", "Requirement statement", "Risk", "Risk description", "Risk statement", "Concern", "Observation", "Observation details", "Change description", "Process name", "变更描述", "变更内容", "计划内容", "风险描述", "风险", "风险名称", "二级功能", "子功能", "标题", "疑問点", "質問内容", "指摘内容", "課題内容", "残作業", "重点実施項目", "実施項目", "項目", "Nome", "Nome da tarefa", "Tarefas", "Atividades", "Descrição da tarefa", "Requirement description", "Action description", "Defect description", "Entregável", "Entregável / Pacote de Trabalho", "Pacote de trabalho", "Entregable", "Paquete de trabajo", "Activités et sous-activités", "Lot de travaux", "세부 업무", "주요 업무", "기능명", "요구사항명", "요구사항", "Training topic", "Requisito", "Requisitos", "História do usuário", "História de usuário", "Historia de usuario", "Exigence", "Anforderung", "Anforderungen")),
        Column("kind", N_("Type"), 12, False, also=("Task type", "Activity Type", "任务类型", "类型", "milestone", "里程碑")),
        Column("parent", N_("Part of"), 24, False, also=("Parent", "parent task", "上级任务", "所属阶段", "Parent ID", "Parent task ID", "Parent UID", "父任务", "父任务ID", "父级", "上级编号", "上级任务编号", "親タスク")),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=TASK_STATUS),
        Column("duration", N_("Duration"), 10, kind=Kind.DURATION, also=("Original Duration", "Dur", "Days", "Working days", "工期", "天数", "持续时间", "历时", "工作日", "原定工期", "Estimated duration", "Planned duration", "Est. duration", "Effort (days)", "预计花费时间", "预计工期", "计划工期", "计划天数", "所需时间", "用时", "周期", "工作日数", "日数", "工数", "期間", "所要日数", "Dauer", "Durée", "Duración", "Длительность", "Working days needed", "Number of days", "No. of days", "天数(天)", "持续天数", "耗时", "工期天数", "工时/天", "Tage", "Arbeitstage", "Jours", "Durée (jours)", "Días", "Durata", "기간", "Duração", "Tempo de execução", "Dias", "Prazo (dias)", "Duration days", "Time estimate", "Estimated time", "Zeitaufwand", "Temps estimé", "Tiempo estimado")),
        Column("start", N_("Start"), 12, also=("Start Date", "Planned Start", "Begin", "Begin date", "Scheduled Start", "Starts", "From", "开始", "开始时间", "开始日期", "计划开始", "计划开始时间", "计划开始日期", "起始日期", "开工日期", "Start on", "Beginning", "Plan start", "Planned start date", "Start time", "预计开始", "预计开始时间", "预计开始日期", "拟开始时间", "起始时间", "开工时间", "開始日", "開始", "開始予定日", "Anfang", "Début", "Comienzo", "Начало", "Scheduled start date", "Target start", "Kick-off", "开始时间点", "工作时间", "目標開始日", "着手日", "着手予定日", "予定開始日", "開始日時", "Beginn", "Startdatum", "Date de début", "Date début", "Début prévu", "Début théorique", "Inicio", "Fecha de inicio", "Data de início", "Início", "Inizio", "Begindatum", "시작일", "시작", "시작 날짜", "Başlangıç", "Başlangıç tarihi", "Data início", "Data inicial", "Start prévu", "Date début planifiée", "Date de début planifiée", "Date début prévue", "Date de début prévue", "Fecha inicio", "Data prevista de início", "開始予定", "開始計画", "着手予定", "Début du projet", "Début de la tâche")),
        Column("finish", N_("Finish"), 12, also=("Finish Date", "End", "End Date", "Planned Finish", "Planned End", "Due", "Due date", "Target date", "Completion date", "To", "完成", "完成时间", "完成日期", "结束", "结束时间", "结束日期", "计划完成", "计划完成时间", "计划完成日期", "截止日期", "竣工日期", "Finish on", "Plan finish", "Plan end", "Planned finish date", "Deadline date", "Completion", "预计完成", "预计完成时间", "预计完成日期", "预计结束时间", "截止时间", "拟完成时间", "完工日期", "要求完成时间", "終了日", "終了", "完了日", "終了予定日", "期限日", "Ende", "Fin", "Окончание", "Completion target", "Target finish", "Target completion date", "Target end", "Target close date", "Expected completion", "完成期限", "完成时限", "目標完了日", "目標終了日", "完了予定日", "予定終了日", "予定完了日", "終了日時", "期日", "Enddatum", "Endtermin", "Fälligkeitsdatum", "Fällig am", "Frist", "Date de fin", "Date fin", "Fin prévue", "Fin théorique", "Échéance", "Fecha de fin", "Fecha fin", "Fin previsto", "Data de término", "Término", "Fine", "Einddatum", "종료일", "종료", "완료일", "마감일", "Bitiş", "Bitiş tarihi", "Data de fim", "Data fim", "Data final", "Fim", "Prazo", "Conclusão prevista", "到期日", "到期日期", "締切日", "締切", "Abgabetermin", "Date limite", "Fecha límite", "Completion target date", "Date fin planifiée", "Date de fin planifiée", "Date fin prévue", "Date de fin prévue", "Fecha final", "Data prevista de término", "終了予定", "完了予定", "終了計画", "完了計画", "Fin du projet", "Fin de la tâche")),
        Column("percent", N_("% complete"), 10, kind=Kind.PERCENT, also=("Percent Complete", "% Done", "Complete", "Progress", "Completion", "% Work Complete", "Activity % Complete", "完成百分比", "进度", "完成率", "完成情况", "完成%", "% of task complete", "% of completion", "Done", "Pct complete", "Physical %", "完成进度", "完成度", "进展", "进度百分比", "完成比例", "進捗率", "進捗", "達成率", "% Abgeschlossen", "% achevé", "% completado", "% progress", "完成情况%", "实际%", "完成率%", "当前进度", "总体进度", "Fortschritt", "Erledigt", "Fertig", "Avancement", "% avancement", "Progression", "Avance", "% de avance", "Progresso", "Voortgang", "진행률", "진척률", "완료율", "Completion %", "% completion", "Complete %", "Progress %", "% progresso", "Conclusão", "% concluída", "% concluído", "진행 상태", "진행상태")),
        Column("predecessors", N_("Predecessors"), 16, kind=Kind.LINKS, also=("Predecessor", "Depends on", "Dependencies", "Dependency", "Preds", "前置任务", "紧前作业", "前置", "紧前任务", "依赖", "Dependencies (WBS #)", "Predecessor tasks", "Prerequisite", "Prerequisites", "Waits for", "前置作业", "前序任务", "前置工作", "先行タスク", "先行タスク ID", "先行作業", "Vorgänger", "Prédécesseurs", "Predecesoras", "Предшественники", "紧前", "紧前工序", "前道工序", "依赖任务", "前提", "Antecessores", "Antecessoras", "Predecessores", "Dependências", "Antériorité", "Antériorités", "Antécédents", "Dépendances", "Dependencias", "Dipendenze", "Predecessori", "Abhängigkeiten", "Abhängig von", "Follows", "Nachfolger von", "依存タスク", "依存関係")),
        Column("owner", N_("Owner"), 16, also=("Responsible", "Assigned To", "Assignee", "Assigned", "Who", "Lead", "Task owner", "Responsible person", "责任人", "负责人", "执行人", "经办人", "主管", "Person responsible", "Accountable", "Action by", "In charge", "PIC", "Coordinator", "责任单位", "负责部门", "责任部门", "主责人", "牵头人", "承担人", "実施者", "担当", "担当者", "Verantwortlich", "Responsable", "Story owner", "Task lead", "责任者", "責任者", "責任部署", "负责", "跟进人", "处理人", "认领人", "任务负责人", "Zuständig", "Zuständigkeit", "Verantwortlicher", "Verantwortliche", "Qui", "Responsables", "Chargé", "Encargado", "Responsabile", "Verantwoordelijke", "담당자", "담당", "Sorumlu", "责任方", "组员", "责任主体", "任务执行人", "指派给", "Accountability", "Risk owner", "Action owner", "Actionee", "Responsible for action", "Responsible party", "Responsável", "Proprietário", "Atribuído a", "Atribuído para", "Coordenador", "Asignado a", "担当者名", "対応者", "対応担当者")),
        Column("resources", N_("Resources"), 20, False, also=("Resource Names", "Resource", "Team", "资源", "资源名称", "参与人", "配合人", "Assignments", "人员", "参与人员", "所需资源", "分工", "Ressourcennamen", "Noms ressources", "Nombres de los recursos", "Названия ресурсов", "Participants", "协助人", "协作人", "项目成员", "Ressourcen", "Beteiligte", "Ressources", "Recursos", "Resourcing", "Resource name")),
        Column("system", N_("System"), 18, also=("Subsystem", "System No", "Package", "系统", "子系统", "系统名称", "系统编号")),
        Column("actual_start", N_("Actual start"), 12, False, also=("Actual Start Date", "Started", "实际开始", "实际开始时间", "实际开始日期", "Actual begin", "Began on", "实际开工日期", "開始実績日", "実績開始日", "実開始日", "実際の開始日", "開始実績", "Début effectif", "Début réel", "Tatsächlicher Beginn", "Tatsächlicher Anfang", "실제 시작일", "Date début réel", "Date début réelle", "Date de début réelle", "Fecha de inicio real", "Data de início real")),
        Column("actual_finish", N_("Actual finish"), 12, False, also=("Actual Finish Date", "Actual End", "Completed on", "实际完成", "实际完成时间", "实际完成日期", "实际结束", "Actual completion", "Completed", "Completed Date", "实际完工日期", "实际结束时间", "完了実績日", "実績終了日", "Date closed", "Closed on", "Closing date", "Delivered", "実完了日", "実終了日", "実際の終了日", "実際の完了日", "完了実績", "Fin effective", "Fin réelle", "Tatsächliches Ende", "실제 종료일", "Date fin réel", "Date fin réelle", "Date de fin réelle", "Fecha de fin real", "Data de fim real")),
        Column("remaining", N_("Remaining duration"), 10, False, kind=Kind.DURATION, also=("Remaining", "剩余工期", "剩余")),
        Column("constraint", N_("Constraint"), 18, False, also=("Constraint Type", "限制类型", "约束")),
        Column("constraint_at", N_("Constraint date"), 12, False, also=("限制日期", "约束日期")),
        Column("deadline", N_("Deadline"), 12, False, also=("最后期限", "期限")),
        Column("manual", N_("Scheduled by hand"), 8, False, also=("Manually scheduled", "手动计划", "手动排程")),
        Column("needed_before_handover", N_("Needed before handover"), 8, False, also=("Before handover", "Required for handover", "移交前必须完成", "移交前完成")),
        Column("inactive", N_("Inactive"), 8, False, also=("停用",)),
        Column("source_id", N_("ID in the source"), 10, False, also=("ID", "UID", "Unique ID", "No.", "No", "#", "Item", "标识号", "唯一标识号", "序号", "任务序号", "Issue key", "Key", "Task ID", "Activity UID", "Issue id", "Unique identifier", "任务ID", "タスクID", "タスク ID", "Nr.", "Nr", "№", "N°", "S/N", "SN", "S.No", "Sr. No", "Sr No", "Ref no", "Action ref", "标识", "问题编号", "问题序号", "问题No.", "序列号", "項番", "番号", "번호", "Id tarea", "ID #", "ID No", "ID No.")),
        Column("notes", N_("Notes"), 30, False, also=("Note", "Comments", "Comment", "Remarks", "Remark", "备注", "说明", "注释", "Description", "Details", "Detail", "项目描述", "描述", "备注说明", "详情", "问题详情", "详细说明", "補足", "備考", "Notizen", "Bemerkung", "Action taken", "Outcome", "备注信息", "問題点", "対応内容", "メモ", "Beschreibung", "Bemerkungen", "Anmerkung", "Anmerkungen", "Kommentar", "Remarques", "Remarque", "Commentaire", "Commentaires", "Observaciones", "Descripción", "Contenu", "비고", "노트", "Notlar", "Observações", "Observação", "Obs", "Notas", "詳細", "説明", "Notas adicionais", "Definition", "Task definition", "Task details")),
    ),
    display=("name",),
    match=(("source_id",), ("wbs",), ("parent", "name")),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("milestones", N_("Milestones")),
        View("done", N_("Done")),
    ),
    due="finish",
    owner="owner",
    empty=N_("No tasks yet. Import the planner's Excel list, or add the first task."),
    order="position",
)  # fmt: skip

CHAPTER = Chapter(
    "plan",
    N_("Task plan"),
    "plan",
    (TASKS,),
    pages=(OwnPage("plan", N_("Gantt chart"), "chart-gantt"),),
    pack=(InPack("tasks"),),
    headlines=(Headline("tasks", "overdue", N_("Tasks overdue")),),
    advances=(Advance("tasks", N_("Tasks done"), done="done"),),
    first_step=N_("Go to the tasks"),
    order=30,
)
