"""YAML bytes -> plain values, and the line on which every key stands. Bounded; raises PlanFileError alone."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plans.problems import Key, Lang, PlanFileError, Problem, dotted, shown

Plain: TypeAlias = "str | int | float | bool | dt.date | list[Plain] | dict[str, Plain] | None"

MAX_BYTES: Final = 5_000_000  # 14,000 sites take 3 MB, 500 obligations 0.3; a megabyte takes some four seconds
MAX_DEPTH: Final = 12  # a register needs five levels
MAX_VALUES: Final = 500_000  # more than MAX_BYTES can hold without aliases that multiply
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge")
)
_TEXT_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"})
# Control characters and halves of characters break spreadsheets, reports and databases further on.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# All that a parser written in Python may stumble over in broken input.
_STUMBLES = (YAMLError, ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError)


@dataclass(slots=True)
class Tree:
    """The values of one file, and the line (from 1) of every key and list entry."""

    file: str
    lang: Lang
    value: Plain = None
    lines: dict[Key, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parser: Any = None  # reads single numbers and dates
    _values: int = 0

    def line(self, key: Key) -> int:
        """The line of `key`, or of its nearest parent that the file has."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def add(self, key: Key, zh: str, en: str, line: int | None = None) -> None:
        """Note a problem with `key`."""
        message = zh if self.lang == "zh" else en
        self.problems.append(Problem(self.file, line or self.line(key), dotted(key), message))

    def count(self) -> None:
        """Raises PlanFileError when aliases have multiplied the values beyond all measure."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise failed(self.file, 1, f"内容过多（上限 {MAX_VALUES} 项）", f"more than {MAX_VALUES} values", self.lang)


def failed(file: str, line: int, zh: str, en: str, lang: Lang) -> PlanFileError:
    """The error of a file that cannot be read at all."""
    return PlanFileError((Problem(file, line, "", zh if lang == "zh" else en),))


def read_tree(body: bytes, file: str, lang: Lang) -> Tree:
    """Raises PlanFileError where `body` is no YAML mapping of plain values in UTF-8."""
    text = _decoded(body, file, lang)
    root = _composed(text, file, lang)
    if root is None:
        raise failed(file, 1, "文件是空的", "the file is empty", lang)
    if not isinstance(root, MappingNode):
        raise failed(file, _line(root), "应为“键: 值”形式的 YAML", "expected YAML of the form `key: value`", lang)
    tree = Tree(file, lang, parser=YAML(typ="safe", pure=True))
    tree.value = _plain(root, (), tree)
    if tree.problems:
        raise PlanFileError(tree.problems)
    return tree


def _decoded(body: bytes, file: str, lang: Lang) -> str:
    if len(body) > MAX_BYTES:
        raise failed(
            file, 1, f"文件过大（上限 {MAX_BYTES:,} 字节）", f"the file is larger than {MAX_BYTES:,} bytes", lang
        )
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        zh = "不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8"
        raise failed(file, line, zh, "not UTF-8 (perhaps GBK); save the file as UTF-8", lang) from None


def _composed(text: str, file: str, lang: Lang) -> Node | None:
    bad = _UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise failed(file, line, "含有控制字符", "contains a control character", lang)
    parser = YAML(typ="safe", pure=True)
    parser.composer.warn_double_anchors = False
    try:
        node: Node | None = parser.compose(text)
    except RecursionError:
        raise failed(file, 1, "嵌套过深", "nested too deeply", lang) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and mark.index >= len(text.rstrip()):
            mark = error.context_mark  # what is never closed is better looked for where it was opened
        said = " ".join(part for part in (error.problem, error.context) if part)
        raise _no_yaml(file, mark.line + 1 if mark else 1, said, lang) from None
    except _STUMBLES as error:
        raise _no_yaml(file, 1, str(error) or type(error).__name__, lang) from None
    return node


def _no_yaml(file: str, line: int, said: str, lang: Lang) -> PlanFileError:
    said = shown(said, 200)
    return failed(file, line, f"不是有效的 YAML：{said}", f"not YAML: {said}", lang)


def _plain(node: Node, key: Key, tree: Tree) -> Plain:
    tree.count()
    if node.tag not in _PLAIN_TAGS:
        tree.add(
            key, f"不允许 YAML 标签 {shown(node.tag)}", f"YAML tags are not allowed: {shown(node.tag)}", _line(node)
        )
        return None
    if len(key) > MAX_DEPTH:
        raise failed(tree.file, _line(node), "嵌套过深", "nested too deeply", tree.lang)
    if isinstance(node, MappingNode):
        return _mapping(node, key, tree)
    if isinstance(node, SequenceNode):
        return _sequence(node, key, tree)
    return _scalar(node, key, tree)


def _mapping(node: MappingNode, key: Key, tree: Tree) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for name_node, value_node in node.value:
        if not isinstance(name_node, ScalarNode):
            tree.add(key, "键应为文字", "a key must be text", _line(name_node))
            continue
        name = str(name_node.value)
        below = (*key, name)
        if name in values:
            first = tree.line(below)
            zh, en = f"键重复（第 {first} 行已有）", f"key given twice (first on line {first})"
            tree.add(_short(below), zh, en, _line(name_node))
            continue
        tree.lines[below] = _line(name_node)
        values[name] = _plain(value_node, below, tree)
    return values


def _sequence(node: SequenceNode, key: Key, tree: Tree) -> list[Plain]:
    values = []
    for index, one in enumerate(node.value):
        tree.lines[(*key, index)] = _line(one)
        values.append(_plain(one, (*key, index), tree))
    return values


def _scalar(node: Node, key: Key, tree: Tree) -> Plain:
    text = str(node.value)
    if _UNPRINTABLE.search(text):
        tree.add(key, "含有控制字符", "contains a control character", _line(node))
        return None
    if node.tag in _TEXT_TAGS:
        return text
    try:
        value: Plain = tree.parser.constructor.construct_object(node)
    except _STUMBLES:
        zh = f"{shown(text)} 不是有效的值（如是文字请加引号）"
        tree.add(key, zh, f"{shown(text)} is no valid value (quote it if it is text)", _line(node))
        return None
    return value


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _short(key: Key) -> Key:
    return tuple(shown(part) if isinstance(part, str) else part for part in key)
