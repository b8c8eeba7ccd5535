"""The structure of a PDF for those who have it read to them: what is a heading, a paragraph, a cell of a table.

Each piece of a page stands in a mark that names its place in the tree (ISO 32000-1, 14.7 and 14.8); whatever stands in
none, such as rules and running heads, is told to be no content. An element is written as soon as its last page is done,
so that a long table costs no more than its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

# reportlab refuses what it doesn't know in a link: here the way back to the structure.
pdfdoc.LinkAnnotation.permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent")

#: What begins and ends a piece that is no content.
ARTIFACT, END = "/Artifact BMC", "EMC"

#: Where the keys of links and fields begin, beyond those of all pages.
_FIRST_ANNOTATION: Final = 1_000_000

#: In which page a mark stands, counted from 0, and its number there.
_Mark = tuple[int, int]


@dataclass(slots=True)
class Element:
    """An element of the structure.

    Args:
        number: of its object in the file.
        more: further entries of its dictionary.
        kids: marks, numbers of elements, and ready entries.
    """

    kind: str
    number: int
    parent: int
    more: str = ""
    kids: list[_Mark | int | str] = field(default_factory=list)
    open: bool = True


class _Numbers(dict[Any, tuple[int, int]]):  # Any: reportlab's names
    """The numbers of objects by their names; an element has its number for a name, which is its own answer."""

    def __missing__(self, name: Any) -> tuple[int, int]:  # Any: as above
        if isinstance(name, int):
            return name, 0
        raise KeyError(name)


class _Objects(dict[Any, Any]):  # Any: reportlab's objects by their names
    """The objects of a document; an element is asked for once, when it is written, and is let go then."""

    def __getitem__(self, name: Any) -> Any:  # Any: as above
        return self.pop(name) if isinstance(name, int) else super().__getitem__(name)


class StructureTree:
    """The structure of one document, built while its pages are drawn."""

    def __init__(self, document: Any) -> None:  # Any: reportlab's document
        self._doc = document
        document.idToObjectNumberAndVersion = _Numbers(document.idToObjectNumberAndVersion)
        document.idToObject = _Objects(document.idToObject)
        self._pages: list[int] = []
        self._marks: list[list[int]] = [[]]
        self._annotations: list[int] = []
        self._done: list[Element] = []
        self._root_number = self._reserved()
        self.root = Element("Document", self._reserved(), self._root_number)
        self._open: list[Element] = [self.root]

    # -- building -----------------------------------------------------------------------------------------------------

    @property
    def current(self) -> Element:
        """The element in which something would stand now."""
        return self._open[-1]

    def begin(self, kind: str, more: str = "") -> Element:
        """A new element within the current one."""
        parent = self._open[-1]
        element = Element(kind, self._reserved(), parent.number, more)
        parent.kids.append(element.number)
        self._open.append(element)
        return element

    def resume(self, element: Element) -> None:
        """Go on with an element that goes over to another page."""
        self._open.append(element)

    def leave(self, element: Element, last: bool = True) -> None:
        """Leave the current element, which is ``element``; ``last`` says that nothing will be added to it."""
        assert self._open.pop() is element
        if last:
            element.open = False
            self._done.append(element)

    def mark(self) -> int:
        """The number of a new mark of the current element on the page at hand."""
        here = self._marks[-1]
        here.append(self._open[-1].number)
        number = len(here) - 1
        self._open[-1].kids.append((len(self._marks) - 1, number))
        return number

    @property
    def beyond(self) -> int:
        """The number that the next object but one gets: of what an element of its own is made for first."""
        return int(self._doc.objectcounter) + 2

    def annotation(self, kind: str, reference: str, element: Element | None = None) -> int:
        """A link or a field as an element of its own within one; returns the key by which it is found from there."""
        key = len(self._annotations)
        number = self._reserved()
        owner = element or self._open[-1]
        if not owner.open:  # it is written already: what leads on from it stands beside it
            owner = self.root
        owner.kids.append(number)
        self._annotations.append(number)
        self._write(number, f"<</S/{kind}/P {owner.number} 0 R/K <</Type/OBJR/Obj {reference}>>>>")
        return _FIRST_ANNOTATION + key

    # -- pages --------------------------------------------------------------------------------------------------------

    def page_done(self, page: Any) -> None:  # Any: reportlab's page
        """A page is complete and has its number: what ended on it is written."""
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._pages)
        page.Tabs = pdfdoc.PDFName("S")
        name = page.__InternalName__
        self._pages.append(self._doc.idToObjectNumberAndVersion[name][0])
        self._marks.append([])
        for element in self._done:
            self._write_element(element)
        self._done = []

    def finish(self) -> None:
        """Write what is still open, the tree and the way back from marks to elements."""
        for element in [*self._done, self.root]:
            self._write_element(element)
        numbers = [f"{n} [{' '.join(f'{each} 0 R' for each in marks)}]" for n, marks in enumerate(self._marks) if marks]
        numbers += [f"{_FIRST_ANNOTATION + n} {number} 0 R" for n, number in enumerate(self._annotations)]
        tree = self._reserved()
        self._write(tree, f"<</Nums [{' '.join(numbers)}]>>")
        following = _FIRST_ANNOTATION + len(self._annotations)
        self._write(
            self._root_number,
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {following}>>",
        )
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = pdfdoc.PDFObjectReference(self._root_number)  # type: ignore[arg-type]  # any key does
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})

    def _write_element(self, element: Element) -> None:
        marks = [kid for kid in element.kids if isinstance(kid, tuple)]
        pages = {page for page, _ in marks}
        one = next(iter(pages)) if len(pages) == 1 else None
        kids = []
        for kid in element.kids:
            if isinstance(kid, tuple):
                page, number = kid
                whole = f"<</Type/MCR/Pg {self._pages[page]} 0 R/MCID {number}>>"
                kids.append(str(number) if one is not None else whole)
            else:
                kids.append(f"{kid} 0 R" if isinstance(kid, int) else kid)
        on_page = f"/Pg {self._pages[one]} 0 R" if one is not None else ""
        inside = f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]" if kids else ""
        self._write(element.number, f"<</S/{element.kind}/P {element.parent} 0 R{on_page}{inside}{element.more}>>")

    # -- objects ------------------------------------------------------------------------------------------------------

    def _reserved(self) -> int:
        """The number of an object that is written later."""
        self._doc.objectcounter += 1
        return int(self._doc.objectcounter)

    def _write(self, number: int, content: str) -> None:
        self._doc.numberToId[number] = number
        self._doc.idToObject[number] = content.encode("ascii")


def text_entry(key: str, text: str) -> str:
    """An entry of a dictionary with a text, such as what a picture shows."""
    return f"/{key} <FEFF{text.encode('utf-16-be', 'ignore').hex()}>"
