"""Where does a sentence end, where a clause? Signs inside quotes, titles and brackets end nothing."""

from collections.abc import Iterator

from plans.reading.script import plain

_OPEN = "《“（〈"
_CLOSE = "》”）〉"
_LONGEST = 2_000  # characters; a longer sentence is cut, none of a plan has 700
_FURTHEST = 200  # characters; a quote that closes no sooner was opened by mistake


def spans(text: str, signs: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the parts of `text`, each with the sign that ends it. A quote or bracket that never closes
    counts as none."""
    even = plain(text)
    start, index = 0, 0
    while index < len(even):
        sign = even[index]
        if sign in _OPEN:
            closed = even.find(_CLOSE[_OPEN.index(sign)], index + 1, index + _FURTHEST)
            if closed > 0:
                index = closed
        elif sign in signs or index - start >= _LONGEST:
            yield start, index + 1
            start = index + 1
        index += 1
    if text[start:].strip():
        yield start, len(text)


def sentences_of(text: str) -> Iterator[str]:
    for start, end in spans(text, "。！？\n"):
        if text[start:end].strip():
            yield text[start:end]


def clauses_of(text: str) -> Iterator[tuple[int, int]]:
    yield from spans(text, "，；。！？\n：")
