"""Which regular expressions may run over what portals send."""

import pytest

from plans.patterns import compiles, repeats_a_repeat


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a*)*", "(.*a){2,}", "((a+)b)*", "(?:a+|b)+", "(a{1,}b){1,100}", "([+]+)*", "(?P<n>x*)+", "(a+)?(b+)*"],
)
def test_a_repeat_of_a_repeat_is_seen(pattern):
    assert repeats_a_repeat(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "一般公共预算.*(收支|执行|完成)",
        "(a+)",
        "(a+)?",
        "(ab)+",
        "(\\+)+",
        "([+*])+",
        "(a+){1,3}",
        "\\(a+\\)+",
        "a{1,}b+",
        "(a{2})*",
        "(",
        "[]+]*",
        "(?=a+)b+",
    ],
)
def test_other_patterns_are_left_alone(pattern):
    assert not repeats_a_repeat(pattern)


@pytest.mark.parametrize(
    "pattern", ["(", "[", "*", "a{99999999999}", "(?P<n>", "[[a]", "(" * 400 + ")" * 400, "x" * 2000]
)
def test_what_does_not_compile_here_is_refused(pattern):
    with pytest.raises(ValueError, match=r"."):
        compiles(pattern)
