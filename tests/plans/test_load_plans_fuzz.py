"""No bytes, however broken, make the loaders raise anything but PlanFileError."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.lint import lint
from plans.load import PlanFileError, parse
from plans.register import Register
from plans.sites import Sites

FIXTURES = Path(__file__).parent / "fixtures"
REGISTER = (FIXTURES / "register.yaml").read_bytes()
SITES = (FIXTURES / "sites.yaml").read_bytes()
SHARP = [b"&a ", b"*a", b"<<: ", b"!!int ", b"!x ", b"%YAML 1.1\n---\n", b"---\n", b"...\n", b"? ", b": ", b"- ", b"| ",
         b">\n", b"\t", b"{", b"}", b"[", b"]", b'"', b"'", b"#", b"@", b"`", b"\\", b"\r", b"\x00", b"\x85", b"\xff",
         b"2017-99-99", b"0x", b"1e999", b"-.inf", b".nan", b"9" * 5000, b"~", b"null", b"0o9", b"1_", b"1:2:3", b"=",
         b"2017-01-01T99:99:99Z", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\n", b" ", b"(", b"*", b"+", b"{1,}"]  # fmt: skip


@st.composite
def mutated(draw, original: bytes) -> bytes:
    body = bytearray(original)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        cut = draw(st.sampled_from([0, 0, 1, 2, 7, 40, 400]))
        piece = draw(st.sampled_from(SHARP) | st.binary(max_size=4) | st.text(max_size=3).map(lambda t: t.encode()))
        body[start : start + cut] = piece
    return bytes(body)


def loads_or_says_why(body: bytes, model) -> None:
    try:
        loaded = parse(body, model, "f.yaml")
    except PlanFileError as error:
        told = error
    else:
        if isinstance(loaded.value, Register):
            lint(loaded.value, lines=loaded.tree)
        return
    assert told.problems
    assert len(str(told).splitlines()) == len(told.problems)
    assert all(1 <= problem.line <= len(body.splitlines()) + 1 for problem in told.problems)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(mutated(REGISTER))
def test_a_mutated_register_loads_or_says_why(body):
    loads_or_says_why(body, Register)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(mutated(SITES))
def test_a_mutated_sites_file_loads_or_says_why(body):
    loads_or_says_why(body, Sites)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_load_or_say_why(body):
    loads_or_says_why(body, Register)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_may_stand_as_a_pattern_and_a_title(text):
    quoted = '"' + "".join(f"\\U{ord(c):08X}" for c in text) + '"'
    body = REGISTER.replace(b"[\xe8\xa7\xa3\xe8\xaf\xbb]", f"[{quoted}]".encode(), 1)
    loads_or_says_why(body.replace("年度报告".encode(), quoted.encode(), 1), Register)
