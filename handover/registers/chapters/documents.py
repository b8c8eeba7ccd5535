"""The register of documents that pass to operations."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.document import Document
from handover.registers.chapter import Advance, Chapter, Headline, InPack
from handover.registers.declare import Column, Register, View

DOCUMENTS = Register(
    key="documents",
    icon="file-text",
    model=Document,
    name=N_("Documents"),
    aliases=("document", "docs"),
    columns=(
        Column("number", N_("Document no."), 20, also=("Document number", "Doc No", "Doc. No.", "Document ID", "Drawing No", "文件编号", "图号", "文件号", "资料编号", "编号", "ID", "Doc ID", "Doc number", "Reference", "Reference No", "Drawing number", "Drg No", "Document reference", "Submittal No", "Client Reference No", "档案号", "文件代码", "资料号", "文档编号", "图纸编号", "図面番号", "文書番号", "図番", "资料代码", "Dokumentnummer", "Dokument-Nr.", "Zeichnungsnummer", "N° document", "Número de documento", "Número do documento")),
        Column("title", N_("Title"), 40, also=("Document title", "Document name", "Name", "Description", "文件名称", "标题", "资料名称", "名称", "图名", "题名", "Deliverable", "Deliverable name", "Document description", "Drawing title", "File name", "Subject", "资料", "文档名称", "图纸名称", "文件题名", "资料标题", "成果物名", "成果物", "文書名", "図面名称", "資料名", "Dokument", "Dokumentname", "Nom du document", "Titre", "Titel", "Título", "Titolo", "Dokumenttitel", "Bezeichnung", "図面名", "ドキュメント名")),
        Column("system", N_("System"), 18, also=("Subsystem", "System No", "系统", "子系统", "所属系统", "System Area", "System / Division", "System code", "System number", "Area", "Package", "系统编码", "系统编号", "系统名称", "系统/区域")),
        Column("discipline", N_("Discipline"), 14, also=("Trade", "专业")),
        Column("doc_type", N_("Document type"), 16, also=("Type", "Doc type", "Category", "文件类型", "类型", "文件类别", "资料类别")),
        Column("revision", N_("Revision"), 8, also=("Rev", "Rev.", "Version", "版本", "版次", "Revision No", "Rev No", "Project Rev", "Latest revision", "版本号", "版次号")),
        Column("revision_on", N_("Revision date"), 12, False, also=("Rev date", "版次日期", "版本日期")),
        Column("status", N_("Status"), 18, also=("Document status", "State", "状态", "移交状态", "Approval status", "Review status", "Current status", "审批状态", "审核状态", "文件状态", "移交情况")),
        Column("purpose", N_("Issue purpose"), 14, False, also=("Purpose", "Issued for", "发布目的", "用途", "Reason for issue", "Issue reason", "发放目的")),
        Column("mandatory", N_("Must have"), 8, False, also=("Mandatory", "Required", "必备", "是否必备")),
        Column("originator", N_("Originator"), 16, False, also=("Issued by", "Author company", "Supplier", "编制单位", "提交单位", "来源单位", "Vendor", "Company", "Contractor", "移交方", "移交单位", "编制部门", "供应商")),
        Column("holder", N_("Submitted by"), 14, also=("Responsible", "Owner", "Holder", "提交人", "责任人", "移交人", "负责人", "Responsible party", "Responsible person", "Prepared by", "Author", "责任单位", "移交人签字", "编制人")),
        Column("receiver", N_("Receiver"), 14, also=("Recipient", "Received by", "接收人", "签收人", "接收方", "Handed over to", "接收人签字", "接收单位", "接收部门")),
        Column("due_on", N_("Due"), 12, also=("Due date", "Required date", "Planned date", "Planned submission", "应交日期", "计划移交日期", "截止日期", "要求日期", "计划提交日期", "Contractual due date", "Planned handover", "Planned issue", "Required by", "计划移交时间", "计划提交时间", "计划完成时间", "应移交日期")),
        Column("submitted_on", N_("Submitted on"), 12, False, also=("Submitted", "Date submitted", "Transmitted", "提交日期", "移交日期", "报送日期", "Issue date", "Actual submission", "Submission date", "实际移交日期", "实际提交日期", "移交时间")),
        Column("received_on", N_("Received on"), 12, False, also=("Received", "Date received", "接收日期", "签收日期", "收到日期", "Receipt date", "实际接收日期")),
        Column("accepted_on", N_("Accepted on"), 12, False, also=("Accepted", "Approval date", "接受日期", "验收日期", "Actual approval", "Approved on", "批准日期")),
        Column("medium", N_("Medium"), 12, False, also=("Format", "载体", "形式", "介质")),
        Column("copies", N_("Copies"), 8, False, also=("No. of copies", "份数", "Copy", "Qty", "数量")),
        Column("pages", N_("Pages"), 8, False, also=("Page count", "页数")),
        Column("language", N_("Language"), 10, False, also=("语言", "文种")),
        Column("confidentiality", N_("Confidentiality"), 12, False, also=("Security class", "Classification", "密级")),
        Column("location", N_("Location"), 18, False, also=("Shelf", "File path", "Folder", "Link", "存放位置", "位置", "文件路径", "Evidence link", "File URL", "URL", "Path", "存放地点", "档案位置", "卷/册", "格納先", "成果物格納先")),
        Column("required_for", N_("Required for"), 16, False, also=("Gate", "Milestone", "所需节点", "节点")),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明", "Closeout notes", "Note", "Remark")),
    ),
    display=("number", "title"),
    match=(("number",), ("system", "title"), ("title",)),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("missing", N_("Missing")),
        View("returned", N_("Returned")),
    ),
    due="due_on",
    owner="holder",
    files=True,
    empty=N_("No documents yet. Import the document list, or add what operations must receive."),
)  # fmt: skip

CHAPTER = Chapter(
    "documents",
    N_("Document transfer register"),
    "documents",
    (DOCUMENTS,),
    pack=(InPack("documents", group_by="system"),),
    headlines=(
        Headline("documents", "overdue", N_("Documents overdue")),
        Headline("documents", "missing", N_("Documents missing")),
    ),
    advances=(Advance("documents", N_("Documents accepted by operations"), done="accepted"),),
    first_step=N_("Go to the documents"),
    order=40,
)
