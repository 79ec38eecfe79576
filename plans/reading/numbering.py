"""Which number does Word itself write before this paragraph? It stands in no text of the file."""

from typing import Any, Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from plans.reading.numerals import chinese

_CHINESE: Final = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"})
_LEVELS: Final = 9  # Word has no more


class Numbering:
    """Counts along one document; ask for its paragraphs in order."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels(document)
        self._styles = _styles(document)
        self._counts: dict[str, list[int]] = {}

    def label(self, paragraph: CT_P) -> str:
        """`（一）`, `3.` and the like, or nothing."""
        number, level = self._numbered(paragraph)
        levels = self._levels.get(number)
        if levels is None or not 0 <= level < _LEVELS or level not in levels:
            return ""
        counts = self._counts.setdefault(number, [0] * _LEVELS)
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        text = levels[level][1]
        for index in range(_LEVELS):
            style = levels[index][0] if index in levels else "decimal"
            text = text.replace(f"%{index + 1}", _written(max(1, counts[index]), style))
        return text

    def _numbered(self, paragraph: CT_P) -> tuple[str, int]:
        """The list's id and level, said by the paragraph itself or by its style."""
        properties: Any = paragraph.pPr.numPr if paragraph.pPr is not None else None  # loosely typed there
        if properties is None or properties.numId is None:
            return self._styles.get(paragraph.style or "", ("", 0))
        return str(properties.numId.val), properties.ilvl.val if properties.ilvl is not None else 0


def _styles(document: Document) -> dict[str, tuple[str, int]]:
    """Style id -> list id and level, where the style numbers its paragraphs."""
    found: dict[str, tuple[str, int]] = {}
    for style in document.styles.element.findall(qn("w:style")):
        number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        level = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
        if number is not None:
            at = level.get(qn("w:val")) if level is not None else "0"
            found[style.get(qn("w:styleId"))] = (number.get(qn("w:val")), int(at))
    return found


def _written(number: int, style: str) -> str:
    return chinese(number) if style in _CHINESE else str(number)


def _levels(document: Document) -> dict[str, dict[int, tuple[str, str]]]:
    """Number id -> level -> (number format, text with %1 for the number); bullets are left out."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        one.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): (_value(level, "w:numFmt"), _value(level, "w:lvlText"))
            for level in one.findall(qn("w:lvl"))
            if _value(level, "w:numFmt") not in ("bullet", "none")
        }
        for one in root.findall(qn("w:abstractNum"))
    }
    return {
        one.get(qn("w:numId")): abstract.get(_value(one, "w:abstractNumId"), {}) for one in root.findall(qn("w:num"))
    }


def _value(element: BaseOxmlElement, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val")) or "")
