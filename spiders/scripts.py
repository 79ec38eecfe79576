"""What do a page's small inline scripts write into it?

Old TRS templates print date, source and validity with `document.write` (FIELD-GUIDE 3.3, 0.8). Only three things
are understood: string variables, conditions that compare strings, and writing. Nothing is run.
"""

import re
from typing import Final

MAX_SCRIPT: Final = 20_000  # characters; the scripts meant here have a few hundred
_COMMENT = re.compile(r"/\*.{0,1000}?\*/|(?<![:\"'])//[^\n]{0,2000}|<!--|-->", re.DOTALL)
_STRING: Final = r"\"(?:[^\"\\\n]|\\.){0,4000}\"|'(?:[^'\\\n]|\\.){0,4000}'"
_ASSIGNED = re.compile(
    rf"(?:\b(?:var|let|const)\s{{1,9}}|[;,\n{{]\s{{0,40}}|^\s{{0,40}})([A-Za-z_$][\w$]{{0,60}})\s{{0,9}}=\s{{0,9}}({_STRING})\s{{0,9}}(?=[;,\n}}]|$)"
)
_IF = re.compile(
    r"\bif\s{0,9}\(([^(){}]{1,300}(?:\([^(){}]{0,40}\)[^(){}]{0,100}){0,4})\)\s{0,40}\{([^{}]{0,4000})\}(?:\s{0,40}else\s{0,9}\{([^{}]{0,4000})\})?"
)
_COMPARED = re.compile(
    rf"^\s{{0,40}}({_STRING}|[\w$.]{{1,60}}(?:\(\))?)\s{{0,9}}([!=]=?=)\s{{0,9}}({_STRING}|[\w$]{{1,60}})\s{{0,40}}$"
)
_TERM = re.compile(rf"\s{{0,40}}({_STRING}|[A-Za-z_$][\w$]{{0,60}})\s{{0,40}}")
_WRITE = re.compile(r"document\.write(?:ln)?\s{0,9}\(")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": ""}


def assigned(script: str) -> dict[str, str]:
    """The string variables of a script, by name."""
    bare = _COMMENT.sub(" ", script[:MAX_SCRIPT])
    return {match.group(1): _unquoted(match.group(2)) for match in _ASSIGNED.finditer(bare)}


def written(script: str, variables: dict[str, str]) -> str:
    """The HTML that a script writes where it stands; `variables` are those of earlier scripts. What depends on
    a condition that cannot be read is left out."""
    if "document.write" not in script or len(script) > MAX_SCRIPT:
        return ""
    known = {**variables, **assigned(script)}
    bare = _COMMENT.sub(" ", script)
    bare = _IF.sub(lambda match: " " + (_branch(match, known) or "") + " ", bare)
    return "".join(_argument(bare, match.end(), known) for match in _WRITE.finditer(bare))


def _branch(match: re.Match[str], known: dict[str, str]) -> str | None:
    truth = _truth(match.group(1), known)
    return None if truth is None else match.group(2) if truth else match.group(3)


def _truth(condition: str, known: dict[str, str]) -> bool | None:
    if "||" in condition:
        parts = [_truth(part, known) for part in condition.split("||")]
        return True if any(parts) else None if None in parts else False
    if "&&" in condition:
        parts = [_truth(part, known) for part in condition.split("&&")]
        return False if False in parts else None if None in parts else True
    compared = _COMPARED.match(condition)
    if not compared:
        return None
    left, sign, right = compared.groups()
    one, other = _value(left, known), _value(right, known)
    if one is None or other is None:
        return None
    return (one == other) == (sign[0] == "=")


def _value(term: str, known: dict[str, str]) -> str | None:
    if term[0] in "\"'":
        return _unquoted(term)
    return known.get(term.removesuffix(".trim()"))


def _argument(script: str, position: int, known: dict[str, str]) -> str:
    """The value of a sum of strings and variables that begins at `position`, as far as it can be read."""
    result = ""
    while True:
        term = _TERM.match(script, position)
        if not term:
            return result
        result += _value(term.group(1), known) or ""
        position = term.end()
        if script[position : position + 1] != "+":
            return result
        position += 1


def _unquoted(literal: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match.group(1)
        if len(code) > 1:
            return chr(int(code[1:], 16))
        return _ESCAPES.get(code, code)

    text = _ESCAPE.sub(plain, literal[1:-1])
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
