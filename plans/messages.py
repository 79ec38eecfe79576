"""What pydantic says about a value, in the words of the people who edit the file."""

import difflib
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from pydantic_core import ErrorDetails

from plans.problems import RULE, Lang, shown

# pydantic's error type -> (Chinese, English); names in braces come from the error's context, `input` is the value.
_SENTENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "missing": ("缺少必填项", "this key is required"),
        "enum": ("“{input}”不在可选值之中，应为 {expected}", "{input!r} is not one of {expected}"),
        "literal_error": ("“{input}”不在可选值之中，应为 {expected}", "{input!r} is not one of {expected}"),
        "string_type": (
            "应为文字，而不是{sort}（数字、日期请加引号）",
            "expected text, not {sort} (quote numbers and dates)",
        ),
        "string_too_short": ("不能为空", "must not be empty"),
        "string_too_long": ("过长，最多 {max_length} 字", "too long, at most {max_length} characters"),
        "string_pattern_mismatch": ("“{input}”格式不符，应匹配 {pattern}", "{input!r} must match {pattern}"),
        "tuple_type": ("应为列表，如 [甲, 乙]，而不是{sort}", "expected a list such as [a, b], not {sort}"),
        "model_type": ("应为“键: 值”，而不是{sort}", "expected `key: value` pairs, not {sort}"),
        "int_type": ("应为整数，而不是{sort}", "expected a whole number, not {sort}"),
        "int_from_float": ("应为整数", "expected a whole number"),
        "float_type": ("应为数字，而不是{sort}", "expected a number, not {sort}"),
        "finite_number": ("应为有限的数字", "expected a finite number"),
        "bool_type": ("应为 true 或 false，而不是{sort}", "expected true or false, not {sort}"),
        "greater_than_equal": ("{input} 过小，至少为 {ge}", "{input} is too small, at least {ge}"),
        "less_than_equal": ("{input} 过大，至多为 {le}", "{input} is too large, at most {le}"),
        "too_short": ("至少要有 {min_length} 项", "needs at least {min_length} entries"),
        "date_type": ("应为 2017-12-31 形式的日期", "expected a date such as 2017-12-31"),
        "date_parsing": ("应为 2017-12-31 形式的日期", "expected a date such as 2017-12-31"),
    }
)
_SORTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "str": ("文字", "text"),
        "int": ("整数", "a whole number"),
        "float": ("小数", "a fraction"),
        "bool": ("是否值", "true or false"),
        "date": ("日期", "a date"),
        "datetime": ("时间", "a time"),
        "list": ("列表", "a list"),
        "dict": ("“键: 值”", "`key: value` pairs"),
        "NoneType": ("空值", "nothing"),
    }
)


def message(error: ErrorDetails, known_keys: Callable[[], list[str]], lang: Lang) -> str:
    """One sentence: what is wrong and what was expected. `known_keys` are those allowed beside an unknown one."""
    context = error.get("ctx", {})
    if error["type"] == RULE:
        return str(context[lang])
    if error["type"] == "extra_forbidden":
        return _unknown_key(str(error["loc"][-1]), known_keys(), lang)
    sentences = _SENTENCES.get(error["type"])
    if sentences is None:
        return shown(error["msg"], 200)
    index = 0 if lang == "zh" else 1
    value = error["input"]
    sort = _SORTS.get(type(value).__name__, ("其他类型", "another type"))[index]
    words = {**context, "input": shown(value), "sort": sort}
    if "expected" in words:
        words["expected"] = str(words["expected"]).replace(" or ", " 或 ") if lang == "zh" else words["expected"]
        guess = _nearest(str(value), re.findall(r"'([^']*)'", str(context["expected"])))
        return sentences[index].format_map(words) + _did_you_mean(guess, lang)
    return sentences[index].format_map(words)


def _unknown_key(key: str, known: list[str], lang: Lang) -> str:
    guess = _did_you_mean(_nearest(key, known), lang)
    if guess:
        return ("没有这个键" if lang == "zh" else "unknown key") + guess
    listed = ", ".join(known)
    return f"没有这个键，可用的有：{listed}" if lang == "zh" else f"unknown key; known are {listed}"


def _nearest(word: str, known: list[str]) -> str | None:
    found = difflib.get_close_matches(word[:60].lower(), known, n=1, cutoff=0.6)  # difflib's own default
    return found[0] if found else None


def _did_you_mean(guess: str | None, lang: Lang) -> str:
    if guess is None:
        return ""
    return f"；是否为 {guess}？" if lang == "zh" else f"; did you mean {guess}?"
