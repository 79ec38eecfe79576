"""Running text -> clauses: numbered items with their agencies, and duties in covering notices."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from plans.reading.groups import Group, groups_of, subject_agencies
from plans.reading.lexicon import lexicon
from plans.reading.measure import Clause, Heading, Origin
from plans.reading.outline import Node, Outline, is_heading, marker
from plans.reading.script import compact, plain
from plans.reading.sentences import sentences_of

_LONGEST_TITLE: Final = 45  # a first sentence longer than this is no title of its item
_COLLECTIVE = re.compile(r"各[^，。；：、]{1,8}?(?:、各?[^，。；：、]{1,10}?)*(?=要|应|须|应当|必须|将|严格|务必|结合)")


def clauses_of_outline(tree: Outline) -> list[Clause]:
    """Measures of the numbered items in document order, then the duties that stand outside them."""
    titled = any(len([g for g in groups_of(_text(node)) if g.named]) > 1 for node, _ in _leaves(tree.nodes, ()))
    found: list[Clause] = list(_covering_of(tree.loose, ()))
    for node, path in _leaves(tree.nodes, ()):
        if _is_general([*path, _heading(node)]) and not any(group.named for group in groups_of(_text(node))):
            found += _covering_of([*([] if node.bare else [node.marker.rest]), *node.body], (*path, _heading(node)))
        else:
            found += _measures(node, path, titled)
    return found


def _leaves(nodes: Iterable[Node], path: tuple[Heading, ...]) -> Iterator[tuple[Node, tuple[Heading, ...]]]:
    """Nodes that hold text of their own: those without children, and parents whose own text names agencies."""
    for node in nodes:
        own = not node.children or any(group.named for group in groups_of(_text(node)))
        if own or (not node.bare and node.body):
            yield node, path
        yield from _leaves(node.children, (*path, _heading(node)))


def _heading(node: Node) -> Heading:
    title = node.marker.rest if node.bare else _first_sentence(node.marker.rest)
    bare = title.rstrip("。;；:： ")
    numeral = node.marker.numeral
    sign = {"chapter": "、", "item": "."}.get(node.marker.style, "")
    return Heading(numeral, bare, numeral + sign + bare)


def _first_sentence(text: str) -> str:
    return next(iter(sentences_of(text)), text)


def _text(node: Node) -> str:
    return "\n".join([node.marker.rest, *node.body])


def _is_general(path: Iterable[Heading]) -> bool:
    titles = [plain(compact(heading.title)) for heading in path]
    return any(len(title) <= 20 and pattern.search(title) for title in titles for pattern in lexicon().general_sections)


def _measures(node: Node, path: tuple[Heading, ...], titled: bool) -> Iterator[Clause]:
    body, outside = _without_covering(node)
    above = path
    text = "\n".join([node.marker.rest, *body])
    if node.bare and any(not _is_label_line(line) for line in body):
        above, text = (*path, _heading(node)), "\n".join(body)
    elif titled and (rest := _after_title(node.marker.rest)):
        above, text = (*path, _heading(node)), "\n".join([rest, *body])
    elif not path:
        above = (_heading(node),)
    for group in groups_of(text):
        if group.text.strip():
            yield _clause(above, node.marker.numeral, group)
    yield from _covering_of(outside, path[:1])


def _is_label_line(line: str) -> bool:
    return re.match(r"[（(]?[^，。；：:]{2,8}[：:]", line) is not None


def _after_title(text: str) -> str:
    """What follows the short first sentence that names the item; nothing where there is none such."""
    sentences = list(sentences_of(text))
    if len(sentences) < 2 or len(sentences[0]) > _LONGEST_TITLE or "，" in plain(sentences[0]):
        return ""
    return text[len(sentences[0]) :].strip()


def _without_covering(node: Node) -> tuple[list[str], list[str]]:
    """The last item's further paragraphs may be the document's closing words, which bind everybody."""
    if node.bare:
        return node.body, []
    for index, line in enumerate(node.body):
        if next(_covering_of([line], ()), None) is not None:
            return node.body[:index], node.body[index:]
    return node.body, []


def _clause(path: tuple[Heading, ...], number: str, group: Group) -> Clause:
    lead, doubts = group.agencies.lead, list(group.agencies.doubts)
    if not lead:
        lead = subject_agencies(group.text)
        if lead:
            doubts.append("牵头单位取自正文主语")
    if not lead:
        doubts.append("没有读出牵头单位" + (f"（正文提到：{named}）" if (named := _mentioned(group.text)) else ""))
    return Clause(
        path, number, group.text.strip(), lead, group.agencies.cooperating, group.time, Origin.NARRATIVE, tuple(doubts)
    )


def _mentioned(text: str) -> str:
    found = _COLLECTIVE.search(plain(compact(text)))
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class _Duty:
    text: str
    lead: tuple[str, ...]


def _covering_of(paragraphs: Iterable[str], path: tuple[Heading, ...]) -> Iterator[Clause]:
    """Sentences of a notice, a safeguard chapter or a closing paragraph that oblige agencies to publish."""
    for paragraph in paragraphs:
        duties = list(_duties(paragraph))
        if duties:
            text = "".join(duty.text for duty in duties)
            lead = next((duty.lead for duty in duties if duty.lead), ())
            doubts = ("条款在正文措施之外（通知或结尾），请核对",) + (() if lead else ("没有读出牵头单位",))
            yield Clause(path, "", text, lead, (), "", Origin.COVERING, doubts)


def _duties(paragraph: str) -> Iterator[_Duty]:
    """Qualifying sentences; the subject may stand in the sentence before."""
    words = lexicon().covering
    subject: tuple[str, ...] = ()
    begun = False
    for sentence in sentences_of(paragraph):
        even = plain(compact(sentence))
        subject = _subject(even, compact(sentence)) or subject
        if words.not_ours.search(even) or not (subject or begun):
            continue
        full = words.publishes.search(even) and words.what.search(even) and words.where_or_when.search(even)
        if full and re.search("要|应|须|于|将.{0,12}公开", even):
            begun = True
            yield _Duty(sentence.strip(), subject)


_COLLECTIVE_NAME: Final = "各[^，。；：、要应须结务将按]{0,12}?"
_SUBJECT = re.compile(
    rf"(?:^|(?<=，))({_COLLECTIVE_NAME}(?:、[^，。；：、要应须结务将按]{{1,12}}?)*)(?=要|应|须|结合|务必|必须|按照)"
)


def _subject(even: str, original: str) -> tuple[str, ...]:
    """各区、各部门 and the like at the head of a clause, as a list."""
    found = _SUBJECT.search(even)
    if found is None or found[1] == "各":
        return ()
    spans, start = [], found.start(1)
    for joint in re.finditer(r"、|(?<=[地区县市镇位])(?=各)", found[1]):
        spans.append((start, found.start(1) + joint.start()))
        start = found.start(1) + joint.end()
    spans.append((start, found.end(1)))
    return tuple(original[first:last] for first, last in spans)


def headings_before(texts: Iterable[str]) -> tuple[Heading, ...]:
    """The chapter and part that running text is in when a table begins."""
    path: tuple[Heading, ...] = ()
    for text in texts:
        found = marker(text)
        if found and found.style in ("chapter", "part") and is_heading(found.rest):
            heading = Heading(found.numeral, found.rest, text)
            path = (heading,) if found.style == "chapter" or not path else (path[0], heading)
    return path
